import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

import { cli, cleanEnvironment, type Finished, nodeCommand } from './cli.js';
import { defaults, listening, Output, type Service, startService } from './service.js';

type Environment = Readonly<Record<string, string>>;

/** What runs in a process: a key of `programs` in `warm-host.mjs`, with its arguments, standard input and variables. */
interface Program {
  readonly name: 'api' | 'cli';
  readonly args: readonly string[];
  readonly input: string;
  readonly env: Environment;
}

const ROOT = join(import.meta.dirname, '..', '..');
const SOURCE = join('test', 'support', 'warm-host.mjs');
const FOLDER = join('build', 'warm');
const HOST = join(ROOT, FOLDER, 'warm-host.js');

/** Variables that Node or a package reads once in a process, or whose effect a program does not undo at its end. */
const LASTING = /^(NODE_|UV_|OTEL_|TZ$|LANG|LC_|FAULTS_ENABLED$|LOG_FORMAT$)/;
/** Positions of log calls are those of `dist/`. */
const OF_BUNDLE = 'LOG_CALLER';

/** Processes that run nothing at the moment. They end with the process of the tests. */
const idle = new Set<WarmProcess>();

/** Bundles the program of these processes with the build, unless that is done: it halves the time that each needs to load. */
export async function bundleWarmHost(): Promise<void> {
  const sources = [SOURCE, join('build', 'main.js')].map((file) => modified(join(ROOT, file)));
  if (modified(HOST) > Math.max(...sources)) return;
  // Half a bundle would be taken for a whole one.
  const made = `${FOLDER}.new`;
  const args = [join('scripts', 'bundle.ts'), SOURCE, made];
  await promisify(execFile)(process.execPath, args, { cwd: ROOT });
  rmSync(join(ROOT, FOLDER), { recursive: true, force: true });
  renameSync(join(ROOT, made), join(ROOT, FOLDER));
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * Starts the API and waits until it listens, in a process that has run other programs: most code is loaded and compiled
 * there. With variables of `LASTING`, and in drills, it starts `dist/` in a process of its own. See ADR 116.
 */
export function startApi(env: Environment): Promise<Service> {
  if (needsOwnProcess(env)) return startService(env);
  const output = new Output();
  const program = { name: 'api', args: [], input: '', env: { ...defaults, ...env } } as const;
  const { child, ended } = warmProcess().run(program, output);
  return listening(child, output, ended);
}

/** Runs a command to its end, in the same way. */
export async function runCommand(
  args: readonly string[],
  env: Environment,
  { input = '' }: { input?: string } = {},
): Promise<Finished> {
  if (needsOwnProcess(env)) return cli(args, env, { input });
  const output = new Output();
  const code = await warmProcess().run({ name: 'cli', args, input, env }, output).ended;
  return { code, stdout: output.stdout, stderr: output.stderr };
}

function needsOwnProcess(env: Environment): boolean {
  // They are about processes: how these grow and end.
  if (process.env['DRILLS'] !== undefined) return true;
  return Object.keys(env).some((name) => LASTING.test(name) || name === OF_BUNDLE);
}

function warmProcess(): WarmProcess {
  // The last one used has most of its memory in the caches of the processor.
  const found = [...idle].at(-1) ?? new WarmProcess();
  idle.delete(found);
  return found;
}

/** Runs one program after another. */
class WarmProcess {
  readonly child: ChildProcess & Pipes;
  /** A line that starts with it ends what a program writes. */
  readonly #mark = `end of program ${randomUUID()} `;
  readonly #closed: Promise<number | null>;

  constructor() {
    const [program, args] = nodeCommand(HOST);
    this.child = spawn(program, args, {
      env: cleanEnvironment({}),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    }) as ChildProcess & Pipes;
    this.child.stdout.setEncoding('utf8');
    this.child.stderr.setEncoding('utf8');
    this.child.once('exit', () => idle.delete(this));
    this.#closed = once(this.child, 'close').then(() => this.child.exitCode);
  }

  /** Runs a program. @returns its process and its exit code, once all it wrote was read. */
  run({ env, ...program }: Program, output: Output) {
    this.#keepsTestsAlive(true);
    const { stdout, stderr } = this.child;
    const finished = Promise.all([
      untilMark(stdout, this.#mark, (text) => output.toStdout(text)),
      untilMark(stderr, this.#mark, (text) => output.toStderr(text)),
    ]).then(([outcome]) => {
      const { code, reusable } = JSON.parse(outcome) as { code: number; reusable: boolean };
      this.#keepsTestsAlive(false);
      if (reusable) idle.add(this);
      return code;
    });
    // A process that cannot be written to has ended.
    this.child.send({ ...program, env: cleanEnvironment(env), mark: this.#mark }, () => undefined);
    return { child: this.child, ended: Promise.race([finished, this.#closed]) };
  }

  #keepsTestsAlive(yes: boolean): void {
    const { stdout, stderr, channel } = this.child;
    for (const handle of [this.child, stdout, stderr, channel]) handle?.[yes ? 'ref' : 'unref']();
  }
}

type Handle = Readonly<Record<'ref' | 'unref', () => void>>;

interface Pipes {
  readonly stdout: Readable & Handle;
  readonly stderr: Readable & Handle;
  readonly channel: Handle | null;
}

/** Passes on text up to a line that starts with a mark, or up to the end. @returns the rest of that line. */
function untilMark(stream: Readable, mark: string, pass: (text: string) => void): Promise<string> {
  return new Promise((resolve) => {
    let held = '';
    const passLines = (end: number) => {
      if (end > 0) pass(held.slice(0, end));
      held = held.slice(end);
    };
    const onText = (text: string) => {
      held += text;
      const at = held.indexOf(mark);
      passLines(at < 0 ? held.lastIndexOf('\n') + 1 : at);
      const end = held.indexOf('\n');
      if (at < 0 || end < 0) return;
      stream.off('data', onText).off('end', onEnd);
      resolve(held.slice(mark.length, end));
    };
    const onEnd = () => passLines(held.length);
    stream.on('data', onText).on('end', onEnd);
  });
}
