import type { INestApplicationContext } from '@nestjs/common';

import { DependencyUnavailable } from '../../src/platform/problems/problem.js';
import { Database } from '../../src/platform/database/database.js';
import { describeException } from '../../src/platform/observability/logging/exception.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const TERMINATE_ITSELF = 'SELECT pg_terminate_backend(pg_backend_pid())';

describeOnPostgres('attempts at work in the database', () => {
  let testDatabase: TestDatabase;
  let app: INestApplicationContext;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    // The server looks for deadlocks after this time: by default a second.
    await testDatabase.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = 10', current_database()); END $$`,
    );
    app = await createContext(testDatabase);
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
  });

  it('retries a read once on another connection when its own was terminated', async () => {
    let attempts = 0;
    const [row] = await database.read((manager) => {
      attempts += 1;
      return manager.query<{ one: number }[]>(
        attempts === 1 ? TERMINATE_ITSELF : 'SELECT 1 AS one',
      );
    });
    expect(row).toEqual({ one: 1 });
    expect(attempts).toBe(2);
  });

  it('gives up a read after the second lost connection', async () => {
    let attempts = 0;
    const reading = database.read((manager) => {
      attempts += 1;
      return manager.query(TERMINATE_ITSELF);
    });
    await expect(reading).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(attempts).toBe(2);
  });

  it('does not retry a transaction, since its outcome may be unknown', async () => {
    let attempts = 0;
    const writing = database.transaction((manager) => {
      attempts += 1;
      return manager.query(TERMINATE_ITSELF);
    });
    await expect(writing).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(attempts).toBe(1);
  });

  it('passes errors of statements on without a retry', async () => {
    let attempts = 0;
    const reading = database.read((manager) => {
      attempts += 1;
      return manager.query('SELECT 1 / 0');
    });
    await expect(reading).rejects.toThrow('division by zero');
    expect(attempts).toBe(1);
  });

  describe.each([
    // [SQLSTATE, attempts at a read, attempts at a transaction, unavailable]
    ['25006', 2, 1, true],
    ['28P01', 2, 1, true],
    ['3D000', 2, 1, true],
    ['40001', 2, 4, true],
    ['40P01', 2, 4, true],
    ['53100', 2, 1, true],
    ['53400', 2, 1, true],
    ['55P03', 1, 1, true],
    ['57014', 1, 1, true],
    ['58030', 2, 1, true],
    ['23505', 1, 1, false],
    ['42501', 1, 1, false],
    ['42P01', 1, 1, false],
    ['XX000', 1, 1, false],
  ] as const)('a server that says %s', (code, reads, transactions, unavailable) => {
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'the server says so' USING ERRCODE = '${code}'; END $$`;
    const attemptsAt = async (way: 'read' | 'transaction') => {
      let attempts = 0;
      const failure: unknown = await database[way]((manager) => {
        attempts += 1;
        return manager.query(raise);
      }).catch((error: unknown) => error);
      return { attempts, failure: failure as Error };
    };

    it.each([
      ['read', reads],
      ['transaction', transactions],
    ] as const)('is told so by a %s, after as many attempts as help', async (way, expected) => {
      const { attempts, failure } = await attemptsAt(way);
      expect(attempts).toBe(expected);
      expect(failure instanceof DependencyUnavailable).toBe(unavailable);
      // The log says what the server said; of a fault of ours, which may repeat values, only the code.
      expect(describeException(failure).includes('ERROR: the server says so')).toBe(unavailable);
    });
  });

  it('repeats work that a deadlock rolled back until it is committed', async () => {
    await testDatabase.query(
      'CREATE TABLE pair (id int PRIMARY KEY, count int); INSERT INTO pair VALUES (1, 0), (2, 0)',
    );
    const gate = Promise.withResolvers<void>();
    let waiting = 0;
    const both = (first: number, second: number) => {
      let attempts = 0;
      return database.transaction(async (manager) => {
        attempts += 1;
        await manager.query('UPDATE pair SET count = count + 1 WHERE id = $1', [first]);
        if (attempts === 1) {
          waiting += 1;
          if (waiting === 2) gate.resolve();
          await gate.promise;
        }
        await manager.query('UPDATE pair SET count = count + 1 WHERE id = $1', [second]);
      });
    };
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(await testDatabase.query('SELECT id, count FROM pair ORDER BY id')).toEqual([
      { id: 1, count: 2 },
      { id: 2, count: 2 },
    ]);
  });

  it('does not repeat work that is declared not repeatable', async () => {
    let attempts = 0;
    const writing = database.transaction(
      (manager) => {
        attempts += 1;
        return manager.query(`DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40001'; END $$`);
      },
      { once: true },
    );
    await expect(writing).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(attempts).toBe(1);
  });

  it('does not repeat a read that timed out', async () => {
    let attempts = 0;
    const reading = database.read((manager) => {
      attempts += 1;
      return manager.query(`SET statement_timeout = 50; SELECT pg_sleep(10)`);
    });
    await expect(reading).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(attempts).toBe(1);
  });
});
