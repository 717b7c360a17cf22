import type { INestApplicationContext } from '@nestjs/common';
import { pino } from 'pino';
import { DataSource, type EntityManager } from 'typeorm';

import { DependencyUnavailable } from '../../src/platform/problems/problem.js';
import { Database } from '../../src/platform/database/database.js';
import { poolOf } from '../../src/platform/database/connection/pool-of.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const TERMINATE_ITSELF = 'SELECT pg_terminate_backend(pg_backend_pid())';

describeOnPostgres('Database', () => {
  let testDatabase: TestDatabase;
  let app: INestApplicationContext;
  let database: Database;
  let log = '';

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const logger = pino({ level: 'debug' }, { write: (line) => (log += line) });
    app = await createContext(testDatabase, { logger });
    database = app.get(Database);
  });

  afterAll(async () => {
    await app?.close();
    await testDatabase?.drop();
  });

  // What a terminated backend leaves in the pool is noticed a moment later.
  beforeEach(async () => {
    await waitFor('the pool to be whole', async () =>
      database.transaction((manager) => manager.query('SELECT 1')),
    );
    log = '';
  });

  it('serves reads and library queries while the maximum of writes hang', async () => {
    const hanging = Promise.withResolvers<void>();
    let writing = 0;
    const writes = Array.from({ length: 2 * poolOf(app.get(DataSource)).options.max }, () =>
      database
        .transaction(async () => {
          writing += 1;
          await hanging.promise;
        })
        .catch(() => undefined),
    );
    try {
      await waitFor('the writes to begin', () => writing > 0);
      expect(await database.read((manager) => manager.query('SELECT 1 AS one'))).toEqual([
        { one: 1 },
      ]);
      expect((await database.execute('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    } finally {
      hanging.resolve();
      await Promise.all(writes);
    }
  });

  it('reports work that used the database outside of its connection', async () => {
    const work = () => poolOf(app.get(DataSource)).query(TERMINATE_ITSELF);
    await expect(database.guard(work)).rejects.toBeInstanceOf(DependencyUnavailable);
  });

  it.each([
    ['manager', (manager: EntityManager) => manager.query('SELECT 1')],
    ['query runner', async (manager: EntityManager) => manager.queryRunner?.query('SELECT 1')],
  ] as const)(
    'fails as unavailable when a transaction lost its connection between two statements: %s',
    async (_, next) => {
      const writing = database.transaction(async (manager) => {
        const [row] = await manager.query<object[]>('SELECT pg_backend_pid() AS pid');
        await testDatabase.query('SELECT pg_terminate_backend($1)', Object.values(row ?? {}));
        await waitFor('the loss to be noticed', () => manager.queryRunner?.isReleased);
        return next(manager);
      });
      await expect(writing).rejects.toBeInstanceOf(DependencyUnavailable);
    },
  );

  it('sets a time limit for each statement of a transaction, and removes it afterwards', async () => {
    const limitOf = async (manager: EntityManager) => {
      const [row] = await manager.query<{ limit: string }[]>(
        `SELECT current_setting('statement_timeout') AS limit`,
      );
      return row?.limit;
    };
    const patiently = { statementTimeoutMs: 120_000 };
    expect(await database.transaction(limitOf, patiently)).toBe('2min');
    expect(await database.transaction(limitOf)).toBe('5s');
    const hurried = database.transaction((manager) => manager.query('SELECT pg_sleep(10)'), {
      statementTimeoutMs: 50,
    });
    await expect(hurried).rejects.toBeInstanceOf(DependencyUnavailable);
  });

  it('closes a connection that has become read-only', async () => {
    const pid = async (manager: EntityManager) => {
      const [row] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      return Number(row?.pid);
    };
    let before = 0;
    const writing = database.transaction(async (manager) => {
      before = await pid(manager);
      await manager.query('SET TRANSACTION READ ONLY');
      return manager.query('CREATE TABLE refused ()');
    });
    await expect(writing).rejects.toBeInstanceOf(DependencyUnavailable);
    await waitFor('the server to see it leave', async () => {
      const left = await testDatabase.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [
        before,
      ]);
      return left.length === 0;
    });
  });

  it('rolls back a transaction that throws completely', async () => {
    const writing = database.transaction(async (manager) => {
      await manager.query('CREATE TABLE left_behind ()');
      throw new Error('changed my mind');
    });
    await expect(writing).rejects.toThrow('changed my mind');
    const [row] = await testDatabase.query<{ name: unknown }>(
      `SELECT to_regclass('left_behind') AS name`,
    );
    expect(row).toEqual({ name: null });
  });

  it('survives and logs the loss of idle connections', async () => {
    await Promise.all(
      Array.from({ length: 4 }, () =>
        database.read((manager) => manager.query('SELECT pg_sleep(0.05)')),
      ),
    );
    const lost = await testDatabase.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(lost.length).toBeGreaterThan(1);
    await waitFor(
      'each loss to be logged',
      () => log.split('idle database connection lost').length > lost.length,
    );
    await expect(
      database.transaction((manager) => manager.query('SELECT 1 AS one')),
    ).resolves.toEqual([{ one: 1 }]);
  });
});
