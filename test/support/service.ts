import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { API_KEY, type Caller, callerOf } from './caller.js';
import { cleanEnvironment, nodeCommand } from './cli.js';
import { waitFor } from './wait-for.js';

const DIST = join(import.meta.dirname, '..', '..', 'dist');

export type LogLine = Record<string, unknown> & {
  readonly message: string;
  readonly level: string;
};

/** A built process of ours, on a free port. */
export interface Service extends Caller {
  readonly url: string;
  readonly process: ChildProcess;
  /** All lines so far; lines that are no JSON are kept as `{ message }`. */
  readonly logs: readonly LogLine[];
  readonly output: () => string;
  /** Its exit code, once it has ended and all it wrote was read. */
  readonly ended: Promise<number | null>;
  /** SIGTERM. @returns the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

const defaults = {
  PORT: '0',
  HOST: '127.0.0.1',
  API_KEY,
  RATE_LIMIT_REQUESTS: '0',
  RATE_LIMIT_LOGINS: '0',
  RATE_LIMIT_SIGNUPS: '0',
  WORKER_CONCURRENCY: '2',
};

/**
 * Starts `node dist/main` (or the worker) and waits until it listens.
 * @param inside command that it runs under, such as one that enters a network namespace.
 */
export async function startService(
  env: Readonly<Record<string, string>>,
  {
    entry = 'main',
    cwd,
    dist = DIST,
    inside = [],
  }: {
    entry?: 'main' | 'worker';
    cwd?: string;
    dist?: string;
    inside?: readonly string[];
  } = {},
): Promise<Service> {
  const [program = '', ...args] = [...inside, ...nodeCommand(join(dist, `${entry}.js`)).flat()];
  const child = spawn(program, args, {
    env: cleanEnvironment({ ...defaults, ...env }),
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logs: LogLine[] = [];
  let output = '';
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    logs.push(...lines.map(parseLine));
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const url = await waitFor('the process to listen', () => {
    if (child.exitCode !== null)
      throw new Error(`the process ended with ${child.exitCode}:\n${output}`);
    const address = logs.find(({ logger, url: found }) => logger === 'main' && found)?.['url'];
    return typeof address === 'string' ? address.replace('//localhost', '//127.0.0.1') : undefined;
  }).catch((error: unknown) => {
    // A process that never listened would outlive the test that gave up on it.
    child.kill('SIGKILL');
    throw error;
  });
  const ended = once(child, 'close').then(() => child.exitCode);
  return {
    ...callerOf(url),
    url,
    process: child,
    logs,
    output: () => output,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function parseLine(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { level: 'NONE', message: line };
  }
}
