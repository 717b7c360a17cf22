import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';

import { DependencyUnavailable } from '../../src/platform/problems/problem.js';
import { Database } from '../../src/platform/database/database.js';
import { GroupCommit } from '../../src/platform/database/transactions/group-commit.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

class Odd extends Error {}

describeOnPostgres('GroupCommit', () => {
  let testDatabase: TestDatabase;
  let app: INestApplicationContext;
  let database: Database;
  /** Stores numbers; says no where one is odd, and the database says no to negative ones. */
  let numbers: GroupCommit<number>;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    app = await createContext(testDatabase);
    database = app.get(Database);
    await database.transaction((manager) =>
      manager.query(
        'CREATE TABLE numbers (number int PRIMARY KEY CHECK (number >= 0), stored_by xid8)',
      ),
    );
    numbers = new GroupCommit(async (items, lockTimeoutMs) => {
      if (items.some((item) => item % 2 !== 0)) throw new Odd();
      await database.write({
        text: `INSERT INTO numbers SELECT number, pg_current_xact_id()
                 FROM unnest($1::int[]) AS number,
                      set_config('lock_timeout', coalesce($2::text, '0'), true)`,
        values: [items, lockTimeoutMs?.toString() ?? null],
      });
    });
  });

  afterEach(() => database.transaction((manager) => manager.query('TRUNCATE numbers')));

  afterAll(async () => {
    await app?.close();
    await testDatabase?.drop();
  });

  const stored = () =>
    database.read((manager) =>
      manager.query<{ numbers: number[]; transactions: number }[]>(
        `SELECT coalesce(array_agg(number ORDER BY number), '{}') AS numbers,
                count(DISTINCT stored_by)::int AS transactions FROM numbers`,
      ),
    );

  const outcomes = async (...items: readonly number[]) => {
    const settled = await Promise.allSettled(items.map((item) => numbers.add(item)));
    return settled.map((outcome) => (outcome.status === 'fulfilled' ? 'stored' : outcome.reason));
  };

  it('stores concurrent items in one transaction', async () => {
    expect(await outcomes(2, 4, 6)).toEqual(['stored', 'stored', 'stored']);
    expect(await stored()).toEqual([{ numbers: [2, 4, 6], transactions: 1 }]);
  });

  it('fails only the caller whose item cannot be stored', async () => {
    expect(await outcomes(2, 3, 4)).toEqual(['stored', expect.any(Odd), 'stored']);
    expect(await stored()).toEqual([{ numbers: [2, 4], transactions: 2 }]);
  });

  it('stores the others separately when the database refuses one', async () => {
    expect(await outcomes(2, -2, 4)).toEqual([
      'stored',
      expect.objectContaining({ message: expect.stringContaining('check constraint') as string }),
      'stored',
    ]);
    expect(await stored()).toEqual([{ numbers: [2, 4], transactions: 2 }]);
  });

  it('delays no caller while another one waits for a lock', async () => {
    const holder = new Client({ connectionString: testDatabase.url });
    await holder.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('INSERT INTO numbers VALUES (2)');
      let held = true;
      const waiting = numbers.add(2).finally(() => (held = false));
      await Promise.all([numbers.add(4), numbers.add(6)]);
      expect(held).toBe(true);
      await holder.query('ROLLBACK');
      await waiting;
    } finally {
      await holder.end();
    }
    expect(await stored()).toEqual([{ numbers: [2, 4, 6], transactions: 3 }]);
  });

  it('delays no caller while an earlier commit hangs', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let groups = 0;
    const stalling = new GroupCommit<number>(async () => {
      groups += 1;
      if (groups === 1) await promise;
    });
    const hanging = stalling.add(2);
    await waitFor('the first commit to hang', () => groups === 1);
    await stalling.add(4);
    expect(groups).toBe(2);
    resolve();
    await hanging;
  });

  it('fails every caller and retries nothing when the connection is lost', async () => {
    let attempts = 0;
    const doomed = new GroupCommit<number>(async () => {
      attempts += 1;
      await database.write({ text: 'SELECT pg_terminate_backend(pg_backend_pid())', values: [] });
    });
    const settled = await Promise.allSettled([doomed.add(2), doomed.add(4)]);
    expect(settled).toEqual(
      [1, 2].map(() => ({ status: 'rejected', reason: expect.any(DependencyUnavailable) })),
    );
    expect(attempts).toBe(1);
  });
});
