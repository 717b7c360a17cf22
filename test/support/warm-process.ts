import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { cli, cleanEnvironment, type Finished, nodeCommand } from './cli.js';
import { defaults, listening, type Service, startService, Written } from './service.js';

type Environment = Readonly<Record<string, string>>;

const HOST = join(import.meta.dirname, 'warm-host.mjs');

/** What Node and packages read once in a process; positions of log calls are those of the bundle. */
const READ_ONCE = /^(NODE_|UV_|OTEL_|TZ$|LANG|LC_|LOG_CALLER$)/;

/** Processes that run nothing at the moment. They end with the process of the tests. */
const idle: WarmProcess[] = [];

/**
 * Starts the API and waits until it listens, in a process that has run it before: its code is loaded and compiled there.
 * See ADR 116.
 */
export function startApi(env: Environment): Promise<Service> {
  if (needsOwnProcess(env)) return startService(env);
  return warmProcess().serve('main', { ...defaults, ...env });
}

/** Runs a command to its end, in a process that has run others before. See ADR 116. */
export function runCommand(
  args: readonly string[],
  env: Environment,
  { input = '' }: { input?: string } = {},
): Promise<Finished> {
  if (needsOwnProcess(env)) return cli(args, env, { input });
  return warmProcess().finish('cli', env, args, input);
}

/** Drills are about processes: how they grow and end. */
function needsOwnProcess(env: Environment): boolean {
  return (
    process.env['DRILLS'] !== undefined || Object.keys(env).some((name) => READ_ONCE.test(name))
  );
}

function warmProcess(): WarmProcess {
  return idle.pop() ?? new WarmProcess();
}

/** Runs one program after another. */
class WarmProcess {
  /** Ends what one program writes. */
  readonly #mark = `end of program ${randomUUID()} `;
  readonly #child: ChildProcess & Pipes;
  readonly #closed: Promise<number | null>;

  constructor() {
    const [program, args] = nodeCommand(HOST);
    this.#child = spawn(program, args, {
      env: cleanEnvironment({}),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    }) as ChildProcess & Pipes;
    this.#child.stdout.setEncoding('utf8');
    this.#child.stderr.setEncoding('utf8');
    this.#closed = once(this.#child, 'close').then(() => {
      if (idle.includes(this)) idle.splice(idle.indexOf(this), 1);
      return this.#child.exitCode;
    });
  }

  serve(program: string, env: Environment): Promise<Service> {
    const written = new Written();
    const code = this.#run(
      { program, args: [], input: '', env },
      (text) => written.toStdout(text),
      (text) => written.toStderr(text),
    );
    return listening(this.#child, written, code);
  }

  async finish(
    program: string,
    env: Environment,
    args: readonly string[],
    input: string,
  ): Promise<Finished> {
    let stdout = '';
    let stderr = '';
    const code = await this.#run(
      { program, args, input, env },
      (text) => (stdout += text),
      (text) => (stderr += text),
    );
    return { code, stdout, stderr };
  }

  /** @returns its exit code, once all it wrote was read. */
  #run(
    order: Order,
    onStdout: (text: string) => void,
    onStderr: (text: string) => void,
  ): Promise<number | null> {
    const { stdout, stderr } = this.#child;
    const finished = Promise.all([
      untilMark(stdout, this.#mark, onStdout),
      untilMark(stderr, this.#mark, onStderr),
    ]).then(([code]) => {
      this.#keepsTestsAlive(false);
      idle.push(this);
      return Number(code);
    });
    this.#keepsTestsAlive(true);
    this.#child.send({ ...order, env: cleanEnvironment(order.env), mark: this.#mark });
    return Promise.race([finished, this.#closed]);
  }

  #keepsTestsAlive(yes: boolean): void {
    const { stdout, stderr, channel } = this.#child;
    for (const handle of [this.#child, stdout, stderr, channel]) handle[yes ? 'ref' : 'unref']();
  }
}

interface Order {
  /** A file of `build`, without its extension. */
  readonly program: string;
  readonly args: readonly string[];
  /** Its standard input. */
  readonly input: string;
  readonly env: Environment;
}

type Handle = Readonly<Record<'ref' | 'unref', () => void>>;

interface Pipes {
  readonly stdout: Readable & Handle;
  readonly stderr: Readable & Handle;
  readonly channel: Handle;
}

/** Passes on text up to a mark. @returns the rest of the line of the mark. */
function untilMark(stream: Readable, mark: string, pass: (text: string) => void): Promise<string> {
  return new Promise((resolve) => {
    let held = '';
    const onText = (text: string) => {
      held += text;
      const at = held.indexOf(mark);
      const end = at < 0 ? held.lastIndexOf('\n') + 1 : at;
      if (end > 0) pass(held.slice(0, end));
      held = held.slice(end);
      if (at < 0 || !held.endsWith('\n')) return;
      stream.off('data', onText);
      resolve(held.slice(mark.length).trimEnd());
    };
    stream.on('data', onText);
  });
}
