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

/** A built program of ours that serves, on a free port. */
export interface Service extends Caller {
  readonly url: string;
  /** What it runs in; after its end that may run another one. */
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

export const defaults = {
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
  const output = new Output();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => output.toStdout(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => output.toStderr(text));
  const ended = once(child, 'close').then(() => child.exitCode);
  return listening(child, output, ended);
}

/** What a program wrote so far. */
export class Output {
  stdout = '';
  stderr = '';
  /** Both, as they came. */
  text = '';
  readonly logs: LogLine[] = [];
  private rest = '';

  toStdout(text: string): void {
    this.stdout += text;
    this.text += text;
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    this.logs.push(...lines.map(parseLine));
  }

  toStderr(text: string): void {
    this.stderr += text;
    this.text += text;
  }
}

/**
 * Waits until a program listens. One that does not is killed: it would outlive the test that gave up on it.
 * @param ended its exit code.
 */
export async function listening(
  child: ChildProcess,
  output: Output,
  ended: Promise<number | null>,
): Promise<Service> {
  let code: number | null | undefined;
  void ended.then((found) => (code = found));
  const end = (signal: 'SIGTERM' | 'SIGKILL') => {
    // By now the process may run another program.
    if (code === undefined) child.kill(signal);
    return ended;
  };
  const url = await waitFor(
    'the process to listen',
    () => addressIn(output.logs) ?? code !== undefined,
  ).catch(async (error: unknown) => {
    await end('SIGKILL');
    throw error;
  });
  if (url === true) throw new Error(`the process ended with ${code}:\n${output.text}`);
  return {
    ...callerOf(url),
    url,
    process: child,
    logs: output.logs,
    output: () => output.text,
    ended,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

/** Where it serves, once it says so. */
function addressIn(logs: readonly LogLine[]): string | undefined {
  const line = logs.find(({ logger, url }) => logger === 'main' && url);
  return (line?.['url'] as string | undefined)?.replace('//localhost', '//127.0.0.1');
}

function parseLine(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { level: 'NONE', message: line };
  }
}
