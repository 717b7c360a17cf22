import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo } from 'node:net';

import { waitFor } from './wait-for.js';

/** A private redis-server on a free port of loopback, without persistence. */
export interface TestRedis {
  readonly url: string;
  /** SIGKILL; what it held is lost. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  start(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  suspend(): void;
  resume(): void;
  /** Answers of `redis-cli`-like inline commands, one line each. */
  send(command: string): Promise<string>;
}

const installed = spawnSync('redis-server', ['--version']).status === 0;

/** `describe`, skipped by name where no redis-server is installed; CI insists on it. */
export const describeWithRedis =
  installed || process.env['CI'] === 'true' ? describe : describe.skip;

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      child = spawn(
        'redis-server',
        ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
        { stdio: 'ignore' },
      );
      await waitFor('redis to answer', async () => (await redis.send('PING')) === '+PONG');
    },
    kill: async () => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    suspend: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    send: (command) =>
      new Promise((resolve, reject) => {
        const socket = createConnection({ port, host: '127.0.0.1' });
        socket.on('error', reject);
        socket.once('data', (data) => {
          resolve(data.toString().split('\r\n')[0] ?? '');
          socket.destroy();
        });
        socket.write(`${command}\r\n`);
      }),
  };
  process.once('exit', () => child?.kill('SIGKILL'));
  await redis.start();
  return redis;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
