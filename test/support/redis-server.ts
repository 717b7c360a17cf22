import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';

import { acceptsConnections } from './accepts-connections.js';
import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

/** A real Redis of a test's own, which keeps nothing on disk. */
export interface RedisServer {
  readonly url: string;
  /** SIGKILL; connections break. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  suspend(): void;
  resume(): void;
  /** Starts it again on the same port, after `kill()`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** First line of the answer to a command, in Redis' own notation. */
  send(command: string): Promise<string>;
}

/**
 * Starts `redis-server` on a free port of loopback and waits until it accepts connections.
 * @param options further settings, as on its command line.
 */
export async function startRedis(options: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  let child = await launch(port, options);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    suspend: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    restart: async () => {
      child = await launch(port, options);
    },
    stop: kill,
    send: async (command) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`${command}\r\n`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return answer.toString().split('\r\n')[0] ?? '';
    },
  };
}

async function launch(port: number, options: readonly string[]): Promise<ChildProcess> {
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...options],
    { cwd: tmpdir(), stdio: 'ignore' },
  );
  await waitFor('Redis to accept connections', () => acceptsConnections(port));
  return child;
}
