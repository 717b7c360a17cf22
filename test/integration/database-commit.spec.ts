import type { INestApplicationContext } from '@nestjs/common';

import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { Database } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/transactions/unit-of-work.js';
import {
  type Write,
  type WriteKind,
  writeOf,
} from '../../src/platform/database/transactions/write.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const numbers: WriteKind<number> = {
  name: 'numbers',
  store: (run, rows) =>
    run({
      text: 'INSERT INTO numbers SELECT number, pg_current_xact_id() FROM unnest($1::int[]) AS number',
      values: [rows],
    }),
};

describeOnPostgres('Database.commit', () => {
  let testDatabase: TestDatabase;
  let app: INestApplicationContext;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    app = await createContext(testDatabase);
    database = app.get(Database);
    await testDatabase.query('CREATE TABLE numbers (number int PRIMARY KEY, stored_by xid8)');
  });

  beforeEach(() => testDatabase.query('TRUNCATE numbers'));

  afterAll(async () => {
    await app?.close();
    await testDatabase?.drop();
  });

  const number = (row: number): Write => writeOf(numbers, row);
  const record = () => new AuditLog().insertion({ action: 'faults.begun' });
  const stored = () =>
    testDatabase.query(
      `SELECT array_agg(number ORDER BY number) AS numbers,
              count(DISTINCT stored_by)::int AS transactions FROM numbers`,
    );
  const records = async () => (await testDatabase.query('SELECT 1 FROM audit_log')).length;

  it('shares a transaction among concurrent callers that commit the same kinds of rows', async () => {
    const before = await records();
    await Promise.all([1, 2, 3].map((row) => database.commit(number(row), record())));
    expect(await stored()).toEqual([{ numbers: [1, 2, 3], transactions: 1 }]);
    expect((await records()) - before).toBe(3);
  });

  it('stores all rows of a caller or none, without affecting other callers', async () => {
    await database.commit(number(1));
    const before = await records();
    const outcomes = await Promise.allSettled(
      [1, 2].map((row) => database.commit(number(row), record())),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect((await records()) - before).toBe(1);
  });

  it('joins the transaction it is called in', async () => {
    const work = database.transaction(async () => {
      await database.commit(number(1));
      throw new Error('undone');
    });
    await expect(work).rejects.toThrow('undone');
    expect(await stored()).toEqual([{ numbers: null, transactions: 0 }]);
  });

  it('runs afterCommit work after the commit of its transaction, never after a rollback', async () => {
    const counted: number[] = [];
    const committed = async () => (await testDatabase.query('SELECT 1 FROM numbers')).length;
    let seen = committed();
    await database.transaction(async () => {
      await database.commit(number(1));
      database.afterCommit(() => {
        counted.push(1);
        seen = committed();
      });
      expect(counted).toEqual([]);
    });
    expect(counted).toEqual([1]);
    expect(await seen).toBe(1);
    const undone = database.transaction(async () => {
      database.afterCommit(() => counted.push(2));
      await database.commit(number(1));
    });
    await expect(undone).rejects.toThrow('duplicate key');
    expect(counted).toEqual([1]);
  });

  it('has a current transaction inside of one, and fails outside of it', async () => {
    await database.transaction(async (manager) => expect(database.current).toBe(manager));
    expect(() => database.current).toThrow('not in a transaction');
  });

  it('delays commits and transactions in a unit of work until its final write', async () => {
    const unit = new UnitOfWork();
    await unit.run(async () => {
      await database.commit(number(1));
      await database.transaction(() => database.commit(number(2)), { withAnswer: true });
      await database.transaction(() => database.commit(number(3)));
    });
    expect(await stored()).toEqual([{ numbers: [3], transactions: 1 }]);
    await unit.finish(() => database.commit(number(4)));
    expect(await stored()).toEqual([{ numbers: [1, 2, 3, 4], transactions: 2 }]);
  });
});
