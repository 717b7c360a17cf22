import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Client } from 'pg';

import { placeCluster } from '../../src/platform/database/embedded/cluster-placement.js';
import { findPostmaster } from '../../src/platform/database/embedded/postmaster.js';
import { inspectProcess } from '../../src/platform/database/embedded/process-info.js';
import { cli, type RunningCommand, startCli } from '../support/cli.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const LINE = 'what was committed stays, the rest is rolled back. The command can be repeated.';
/** More than a batch of the import, so that one is committed while more are waited for. */
const USERS = 1500;
const users = Array.from({ length: USERS }, (_, n) => `user-${n}@example.com,User ${n}`).join('\n');

describe('a command that receives a signal', () => {
  let database: TestDatabase;
  let blocker: Client;

  const count = async (sql: string) =>
    (await database.query<{ count: number }>(`SELECT count(*)::int AS count ${sql}`))[0]?.count ??
    0;
  const waiting = () =>
    count(`FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
  const connected = () =>
    count(
      `FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'user-api%'`,
    );

  async function prepare(migrated: boolean): Promise<void> {
    database = await createTestDatabase({ migrated });
    blocker = new Client({ connectionString: database.url });
    await blocker.connect();
  }

  async function interrupt(
    { process: child, finished }: RunningCommand,
    signal: 'SIGTERM' | 'SIGINT',
  ) {
    child.kill(signal);
    const { code, stdout, stderr } = await finished;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`Interrupted by ${signal}: ${LINE}`);
    // The server has nobody left, and no lock of a dead command.
    await waitFor('its connections to be gone', async () => (await connected()) === 0);
  }

  afterEach(async () => {
    await blocker?.end();
    await database?.drop();
  });

  it('migrate: leaves no partial migration behind, and frees its locks at once', async () => {
    await prepare(false);
    await blocker.query('BEGIN; CREATE TABLE users (id int)');
    const command = startCli(['migrate'], { DATABASE_URL: database.url });
    await waitFor('a statement that waits', async () => (await waiting()) > 0);
    await interrupt(command, 'SIGTERM');
    await blocker.query('ROLLBACK');
    expect(await count(`FROM pg_class WHERE relname = 'users'`)).toBe(0);
    expect(await cli(['migrate'], { DATABASE_URL: database.url })).toMatchObject({ code: 0 });
  });

  it('cleanup: ends in the middle of a statement', async () => {
    await prepare(true);
    await blocker.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
    const command = startCli(['cleanup'], { DATABASE_URL: database.url });
    await waitFor('a statement that waits', async () => (await waiting()) > 0);
    command.process.kill('SIGINT');
    expect(await command.finished).toMatchObject({ code: 1 });
  });

  it('users import: keeps the committed batches, and the next run continues from there', async () => {
    await prepare(true);
    const command = startCli(['users', 'import', '-', '--format', 'csv'], {
      DATABASE_URL: database.url,
    });
    command.process.stdin.write(`email,name\n${users}\n`);
    await waitFor('a committed batch', async () => (await count('FROM users')) > 0);
    await interrupt(command, 'SIGINT');
    const kept = await count('FROM users');
    expect(kept).toBeLessThan(USERS);

    const repeated = await cli(
      ['users', 'import', '-', '--format', 'csv', '--json'],
      { DATABASE_URL: database.url },
      { input: `email,name\n${users}\n` },
    );
    expect(JSON.parse(repeated.stdout)).toMatchObject({ imported: USERS - kept, skipped: kept });
    expect(await count('FROM users')).toBe(USERS);
  });

  it.each([
    ['users export: waits for no reader of a named pipe', 'export'],
    ['users import: waits for no writer of a named pipe', 'import'],
  ])('%s', async (_title, command) => {
    await prepare(true);
    const pipe = join(mkdtempSync(join(tmpdir(), 'cnua-pipe-')), 'users.csv');
    spawnSync('mkfifo', [pipe]);
    const running = startCli(['users', command, pipe], { DATABASE_URL: database.url });
    await waitFor('its connection', async () => (await connected()) > 0);
    await interrupt(running, 'SIGTERM');
    expect(await count('FROM users')).toBe(0);
    rmSync(dirname(pipe), { recursive: true });
  });

  it.each([
    ['the pool', ['cleanup'], 'DATABASE_URL'],
    ['the migrator', ['migrate'], 'DATABASE_DIRECT_URL'],
  ] as const)(
    'waits no longer for a server that never answers %s',
    async (_who, args, variable) => {
      await prepare(true);
      const asked = Promise.withResolvers<void>();
      const silent = createServer((socket) => {
        socket.on('error', () => undefined).resume();
        asked.resolve();
      });
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { port } = silent.address() as AddressInfo;
      const url = `postgres://u@127.0.0.1:${port}/x`;
      const running = startCli(args, { DATABASE_URL: database.url, [variable]: url });
      await asked.promise;
      await interrupt(running, 'SIGTERM');
      expect(running.process.signalCode).toBeNull();
      silent.close();
    },
  );

  it('stops the embedded database when no other process uses it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'cnua-interrupted-'));
    try {
      const { dataDirectory } = placeCluster(dataDir);
      const command = startCli(['users', 'import', '-', '--format', 'csv'], { DATA_DIR: dataDir });
      const { pid } = await waitFor('the server', () => findPostmaster(dataDirectory));
      command.process.kill('SIGTERM');
      expect(await command.finished).toMatchObject({ code: 1 });
      expect(findPostmaster(dataDirectory)).toBeUndefined();
      // A zombie counts as gone: its exit code may not have been read yet.
      expect(inspectProcess(pid)).toBeUndefined();
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
