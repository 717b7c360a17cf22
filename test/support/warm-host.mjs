/**
 * Runs programs of ours one after another, each as if the process were its own. A program gets its arguments, variables
 * and standard input, and ends by `process.exit`, by an error, or when nothing is left to do. What it left in the process
 * is undone or forgotten then. See ADR 116.
 */
import { Readable } from 'node:stream';
import { inspect } from 'node:util';

import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { meterData } from 'nestjs-otel/lib/metrics/metric-data.js';

const build = (file) => import(`../../build/${file}.js`);
const { forgetBreakers } = await build('platform/resilience/circuit-breaker');
const { forgetValues } = await build('platform/config/env');
const { onSupportedNode } = await build('bootstrap/lifecycle/runtime');
const { resetRootLogger } = await import(
  new URL('rootLogger.js', import.meta.resolve('nestjs-pino'))
);

/** What programs change in their process, as it is before. */
const { exit, argv } = process;
const { fetch } = globalThis;
const plainConsole = { ...console };
const listeners = [
  ...['SIGTERM', 'SIGINT', 'uncaughtException', 'unhandledRejection', 'warning', 'beforeExit'].map(
    (name) => [process, name],
  ),
  [process.stdout, 'error'],
].map(([emitter, name]) => [emitter, name, emitter.listeners(name)]);

const programs = {
  main: async (signals) => (await build('bootstrap/processes/api.process')).runApi(signals),
  cli: async (signals) => (await build('bootstrap/processes/cli.process')).runCli(signals),
};

process.on('disconnect', () => exit());
process.on('message', async ({ program, args, input, env, mark }) => {
  replaceVariables(env);
  process.argv = [argv[0], `${program}.js`, ...args];
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    value: Readable.from(input === '' ? [] : [Buffer.from(input)], { objectMode: false }),
  });
  const code = await endOf(program);
  // As at the end of a process: they write what is still held back.
  for (const listener of process.listeners('exit')) listener(code);
  restore();
  process.stderr.write(`${mark}\n`);
  process.stdout.write(`${mark}${code}\n`);
});

/** Loads a program anew, and its modules the first time. @returns its exit code. */
async function endOf(program) {
  const code = await new Promise((resolve) => {
    process.exit = (given) => resolve(given ?? process.exitCode ?? 0);
    process.once('beforeExit', process.exit);
    process.channel.unref();
    onSupportedNode(programs[program]).catch((error) => {
      process.stderr.write(`${inspect(error)}\n`);
      resolve(1);
    });
  });
  process.channel.ref();
  return code;
}

function restore() {
  process.exit = exit;
  process.exitCode = undefined;
  globalThis.fetch = fetch;
  Object.assign(console, plainConsole);
  for (const [emitter, name, before] of listeners) {
    emitter.removeAllListeners(name);
    for (const listener of before) emitter.on(name, listener);
  }
  for (const api of [context, diag, metrics, propagation, trace]) api.disable();
  meterData.clear();
  resetRootLogger();
  forgetBreakers();
  forgetValues();
}

function replaceVariables(env) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
}
