import { spawn } from 'node:child_process';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { setFlagsFromString } from 'node:v8';

import { EndSignals } from './end-signals.js';

/** Below this, dependencies use features that Node does not have. */
const OLDEST_MAJOR = 22;

/**
 * Growth of the old-object heap before the next collection, in percent of the live objects after
 * the last one. V8's default lets it grow to four times as much, most of it garbage: ADR 74.
 */
const HEAP_GROWING_PERCENT = 100;

/**
 * Runs the program under this Node, or starts the newer one in node_modules. The child gets all
 * signals and ends with its parent; the parent ends with the child's status.
 * @param program gets the signals, which are handled before any of its modules is loaded.
 */
export async function onSupportedNode(
  program: (signals: EndSignals) => Promise<void>,
): Promise<void> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_MAJOR) {
    const signals = new EndSignals();
    // Before anything is compiled: cached code is valid only for the same flags.
    setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
    // Compiled code is kept in the system's temporary folder: the second start is a third quicker.
    module.enableCompileCache?.();
    loadFetchLazily();
    endWithParent();
    return program(signals);
  }
  const binary = newerNode();
  if (binary === undefined) {
    process.stderr.write(
      `This program needs Node ${OLDEST_MAJOR} or newer; this is ${process.version}.\n`,
    );
    process.exitCode = 1;
    return;
  }
  handOver(binary);
}

/**
 * Node loads the whole of `fetch` when a module imports `node:http`, for three classes that it offers
 * there as well: 10 MB, a tenth of an idle process. They are not used from there, and `fetch` loads
 * what it needs when it is called first.
 */
function loadFetchLazily(): void {
  const http = createRequire(import.meta.url)('node:http') as object;
  for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent'])
    Object.defineProperty(http, name, { value: undefined });
}

function newerNode(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('node/bin/node');
  } catch {
    return undefined;
  }
}

function handOver(binary: string): void {
  const child = spawn(binary, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, HANDED_OVER: '1' },
  });
  // Before the child handles signals, they would end it silently.
  const hears = new Promise((resolve) => child.once('message', resolve));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => void hears.then(() => child.kill(signal)));
  }
  child.on('error', (error) => {
    process.stderr.write(`Node of node_modules does not start: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGTERM'];
    process.disconnect?.();
  });
}

/** A killed parent cannot signal its child; the closed channel does. */
function endWithParent(): void {
  if (process.env['HANDED_OVER'] === undefined || process.channel == null) return;
  process.send?.('hears signals');
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
