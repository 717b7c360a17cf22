import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
/** The built program. */
export const CLI = join(DIST, 'cli.js');

/** Names the variable with options of Node for each process of the service in a test run. */
export const NODE_FLAGS = 'TEST_NODE_FLAGS';

/** Node with the options of this run, and arguments: what `spawn` takes. */
export function nodeCommand(...args: readonly string[]): [program: string, args: string[]] {
  return [process.execPath, [...(process.env[NODE_FLAGS]?.split(' ') ?? []), ...args]];
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a child: only the variables that it needs to run. */
export function cleanEnvironment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), ENVIRONMENT: 'test', ...env };
}

/** A command that runs. */
export interface RunningCommand {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly finished: Promise<Finished>;
}

/**
 * Starts `node dist/cli`; its standard input stays open.
 * @param inside command that it runs under, such as one that enters a network namespace.
 */
export function startCli(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd?: string,
  dist = DIST,
  inside: readonly string[] = [],
): RunningCommand {
  const [program = '', ...words] = [
    ...inside,
    ...nodeCommand(join(dist, 'cli.js'), ...args).flat(),
  ];
  const child = spawn(program, words, {
    env: cleanEnvironment(env),
    cwd,
  });
  return { process: child, finished: finish(child) };
}

function finish(child: RunningCommand['process']): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs a built process that is expected to end by itself. After `timeout` ms it is ended, and has no exit code. */
export function runToEnd(
  entry: 'main' | 'worker',
  env: Readonly<Record<string, string>>,
  timeout: number,
): Promise<Finished> {
  const command = nodeCommand(join(DIST, `${entry}.js`));
  return finish(spawn(...command, { env: cleanEnvironment(env), timeout }));
}

/** Runs `node dist/cli` and waits for its end. */
export async function cli(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { input = '', cwd, dist = DIST }: { input?: string; cwd?: string; dist?: string } = {},
): Promise<Finished> {
  const command = startCli(args, env, cwd, dist);
  command.process.stdin.end(input);
  return command.finished;
}
