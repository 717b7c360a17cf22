import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';

import { cleanEnvironment, nodeCommand } from '../support/cli.js';
import { ready } from '../support/ready.js';
import { startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const ROOT = join(import.meta.dirname, '..', '..');
const preload = (file: string) => `--import=${join(ROOT, 'test', 'support', file)}`;
/** From the moment on that a process hears them: before its first line of code Node has no say. */
const SIGNAL_AFTER_MS = [0, 100, 300, 600];

describe('signals and errors', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(async () => {
    await database?.drop();
  });

  const start = (entry: 'main' | 'worker', env: Readonly<Record<string, string>> = {}) => {
    const child = spawn(...nodeCommand(join(ROOT, 'dist', `${entry}.js`)), {
      env: cleanEnvironment({
        DATABASE_URL: database.url,
        EMAIL_SERVICE_URL: 'log:',
        PORT: '0',
        NODE_OPTIONS: preload('announce-handlers.mjs'),
        ...env,
      }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    return { child, ended: once(child, 'close'), output: () => output };
  };
  const connections = async () =>
    (
      await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
    ).length;

  it.each(['main', 'worker'] as const)(
    'ends a starting %s with 0, closed in order, whenever the signal comes',
    async (entry) => {
      for (const ms of SIGNAL_AFTER_MS) {
        const { child, ended, output } = start(entry, { SHUTDOWN_DELAY_SECONDS: '2' });
        await once(child.stderr, 'data');
        await delay(ms);
        child.kill('SIGTERM');
        await ended;
        expect({ code: child.exitCode, signal: child.signalCode }).toEqual({
          code: 0,
          signal: null,
        });
        expect(output()).toContain('"message":"stopped"');
      }
      await waitFor('all connections to be closed', async () => (await connections()) === 0);
    },
  );

  it('reports why it cannot start, releases its resources and exits 1', async () => {
    const occupied = createServer().listen(0, '127.0.0.1');
    await once(occupied, 'listening');
    const { port } = occupied.address() as AddressInfo;
    const { child, ended, output } = start('main', { HOST: '127.0.0.1', PORT: String(port) });
    await ended;
    occupied.close();
    expect(child.exitCode).toBe(1);
    expect(output()).toContain('EADDRINUSE');
    expect(output()).toContain('"message":"stopped"');
  });

  it.each(['main', 'worker'] as const)(
    'logs an error that nobody handles in the %s, finishes what is in hand and ends with 1',
    async (entry) => {
      const service = await ready(
        await startService(
          {
            DATABASE_URL: database.url,
            EMAIL_SERVICE_URL: 'log:',
            NODE_OPTIONS: preload('unhandled-error.mjs'),
          },
          { entry },
        ),
      );
      const blocker = new Client({ connectionString: database.url });
      await blocker.connect();
      await blocker.query('BEGIN; LOCK TABLE users IN EXCLUSIVE MODE');
      const body = { email: `${entry}@example.com`, name: 'Ada' };
      const inFlight = entry === 'main' ? service.post('/users', body) : undefined;
      const waiting = entry === 'main' ? 1 : 0;
      await waitFor('the request to wait', async () => {
        const held = await database.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return held.length === waiting;
      });
      service.process.kill('SIGUSR2');
      const fatal = await waitFor('the error in the log', () =>
        service.logs.find(({ level }) => level === 'FATAL'),
      );
      expect(fatal).toMatchObject({ reason: 'unhandledRejection', logger: 'lifecycle' });
      expect(JSON.stringify(fatal['exception'])).toContain('nobody handles this');
      await blocker.end();
      expect((await inFlight)?.status ?? 201).toBe(201);
      expect(await service.ended).toBe(1);
      expect(service.logs.at(-1)?.message).toBe('stopped');
    },
  );

  it.each(['main', 'worker'] as const)(
    'ends with 1 after an error that nobody handles in a %s that was told to end',
    async (entry) => {
      const service = await startService(
        {
          DATABASE_URL: database.url,
          EMAIL_SERVICE_URL: 'log:',
          SHUTDOWN_DELAY_SECONDS: '2',
          NODE_OPTIONS: preload('unhandled-error.mjs'),
        },
        { entry },
      );
      service.process.kill('SIGTERM');
      await waitFor('the end to begin', () =>
        service.logs.some(({ message }) => message === 'shutting down'),
      );
      service.process.kill('SIGUSR2');
      expect(await service.ended).toBe(1);
      expect(service.logs.map(({ level }) => level)).toContain('FATAL');
      expect(service.logs.at(-1)?.message).toBe('stopped');
    },
  );
});
