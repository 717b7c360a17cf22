import { Pool, type PoolConfig } from 'pg';

import { replaceOldConnections } from '../../src/platform/database/connection/connection-age.js';
import { DatabaseClient } from '../../src/platform/database/client/database-client.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describeOnPostgres('the age of connections', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  afterEach(() => pool.end());

  function open(seconds: number): void {
    // The types know no clients but pg's own.
    const Client = DatabaseClient as unknown as NonNullable<PoolConfig['Client']>;
    pool = new Pool({ connectionString: database.url, Client, max: 2 });
    // Replaced connections may still be closing when the database is dropped.
    pool.on('error', () => undefined);
    replaceOldConnections(pool, seconds);
  }

  /** Backends of ten statements, one after the other. */
  async function backends(seconds: number): Promise<Set<unknown>> {
    open(seconds);
    const pids = [];
    for (let statement = 0; statement < 10; statement += 1) {
      const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      pids.push(rows[0]?.pid);
    }
    return new Set(pids);
  }

  it('replaces a connection that is too old when it is released', async () => {
    expect((await backends(0)).size).toBe(10);
    expect(pool.totalCount).toBe(0);
  });

  it.each([2_592_000, 2_147_483_647])(
    'keeps a connection with a maximum age of %d s',
    async (seconds) => {
      expect((await backends(seconds)).size).toBe(1);
    },
  );

  it('serves waiting callers while connections are replaced', async () => {
    open(0);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => pool.query<{ one: number }>('SELECT 1 AS one')),
    );
    expect(answers.map(({ rows }) => rows[0]?.one)).toEqual(answers.map(() => 1));
  });
});
