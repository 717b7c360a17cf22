/**
 * Runs programs of ours one after another, each as if the process were its own. A program gets its arguments, variables
 * and standard input, and ends by `process.exit`, or when nothing is left to do; an error that nobody handles ends the
 * process as well. What a program left in the process is undone or forgotten then. It runs as a bundle. See ADR 116 and 117.
 */
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import { context, diag, metrics, propagation } from '@opentelemetry/api';
import { meterData } from 'nestjs-otel/lib/metrics/metric-data.js';

import { onSupportedNode } from '../../build/bootstrap/lifecycle/runtime.js';
import { forgetValues } from '../../build/platform/config/env.js';
import { forgetBreakers } from '../../build/platform/resilience/circuit-breaker.js';
// The package exports nothing that replaces the logger which it keeps.
import { resetRootLogger } from '../../node_modules/nestjs-pino/dist/esm/rootLogger.js';

/** As `main.ts` and `cli.ts`, without the options of V8 for bulk commands: these cannot be undone. */
const programs = {
  api: async (signals) =>
    (await import('../../build/bootstrap/processes/api.process.js')).runApi(signals),
  cli: async (signals) =>
    (await import('../../build/bootstrap/processes/cli.process.js')).runCli(signals),
};

/** OpenTelemetry's register. */
const REGISTER = Symbol.for('opentelemetry.js.api.1');
/** Within this time the last connections of a program close, in milliseconds. Otherwise the process ends. */
const CLOSING_MS = 500;

// A signal may arrive when its program has just ended.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined);
process.on('disconnect', () => endProcess());

/** What programs change in their process, as it is before. */
const { argv } = process;
const endProcess = process.exit.bind(process);
const plainConsole = { ...console };
const listeners = [
  ...['SIGTERM', 'SIGINT', 'uncaughtException', 'unhandledRejection', 'warning', 'beforeExit'].map(
    (name) => [process, name],
  ),
  [process.stdout, 'error'],
].map(([emitter, name]) => [emitter, name, emitter.listeners(name)]);

process.on('message', (order) => void serve(order));

async function serve({ name, args, input, env, mark }) {
  const before = openResources();
  for (const variable of Object.keys(process.env)) delete process.env[variable];
  Object.assign(process.env, env);
  process.argv = [argv[0], `${name}.js`, ...args];
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    value: Readable.from(input === '' ? [] : [Buffer.from(input)], { objectMode: false }),
  });
  const { code, inOrder } = await run(programs[name]);
  // As at the end of a process: logs are written and closed.
  for (const listener of process.listeners('exit')) listener(code);
  restore();
  const reusable = inOrder && (await hasClosed(before));
  process.stderr.write(`${mark}\n`);
  process.stdout.write(
    `${mark}${JSON.stringify({ code, reusable })}\n`,
    () => reusable || endProcess(),
  );
}

/** Runs a program; its modules are loaded the first time. @returns its exit code, and whether it had closed all it opened. */
async function run(program) {
  const ended = await new Promise((resolve) => {
    process.exit = (code = process.exitCode ?? 0) => resolve({ code, inOrder: code === 0 });
    process.once('beforeExit', (code) => resolve({ code, inOrder: true }));
    process.channel.unref();
    void onSupportedNode(program);
  });
  process.channel.ref();
  return ended;
}

/** Waits until no more is open than before a program. @returns false if that did not happen in time. */
async function hasClosed(before) {
  const deadline = Date.now() + CLOSING_MS;
  while (openResources() > before) {
    if (Date.now() > deadline) return false;
    await delay(1, undefined, { ref: false });
  }
  return true;
}

function restore() {
  process.exit = endProcess;
  process.exitCode = undefined;
  Object.assign(console, plainConsole);
  for (const [emitter, name, before] of listeners) {
    emitter.removeAllListeners(name);
    for (const listener of before) emitter.on(name, listener);
  }
  for (const api of [context, diag, metrics, propagation]) api.disable();
  // `trace.disable()` would cut off the tracers that modules have.
  delete globalThis[REGISTER]?.trace;
  meterData.clear();
  resetRootLogger();
  forgetBreakers();
  forgetValues();
}

/** How many handles and requests keep the process alive. */
function openResources() {
  return process.getActiveResourcesInfo().length;
}
