import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';

import { cleanEnvironment } from '../../support/cli.js';
import { freePort } from '../../support/free-port.js';
import { waitFor } from '../../support/wait-for.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const START_MS = 60_000;
const running = new Set<ChildProcess>();
// Whatever ends a benchmark ends what it started.
process.once('exit', killServers);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** A server under load. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Ends what a benchmark that failed has left behind. */
export function killServers(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Arguments of node for a script in test/bench/processes. */
export function nodeArguments(script: string): string[] {
  const hooks = join(ROOT, 'scripts', 'ts-hooks.mjs');
  return ['--import', hooks, join(ROOT, 'test', 'bench', 'processes', `${script}.ts`)];
}

/** Arguments of node for one of our entry points as it is built. */
export function builtArguments(entry: 'main' | 'worker' | 'cli'): string[] {
  return [join(ROOT, 'dist', `${entry}.js`)];
}

/**
 * Starts a server on a free port and waits until `/ready` answers 200. Its log is discarded: a pipe
 * would measure its reader.
 * @param pollMs how long to wait between two questions for `/ready`.
 */
export async function launch(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  pollMs = 20,
): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: cleanEnvironment({ HOST: '127.0.0.1', PORT: String(port), ...env }),
    stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'],
  });
  running.add(child);
  const ended = once(child, 'exit');
  void ended.then(() => running.delete(child));
  const ready = waitFor(
    `${args.at(-1)} to be ready`,
    async () => {
      return (await fetch(`${url}/ready`)).status === 200;
    },
    START_MS,
    pollMs,
  );
  await Promise.race([
    ready,
    ended.then(() => {
      throw new Error(`${args.at(-1)} ended with ${child.exitCode}`);
    }),
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
