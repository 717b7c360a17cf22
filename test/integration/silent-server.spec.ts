import { Pool } from 'pg';

import { refuseWhileSilent } from '../../src/platform/database/connection/silent-server.js';
import { isTimeout } from '../../src/platform/database/errors/connection-errors.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describeOnPostgres('callers who wait for a connection', () => {
  let database: TestDatabase;
  let pool: Pool;
  const outage = { active: false };

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new Pool({ connectionString: database.url, max: 1 });
    // Dropped connections may still be closing when the database is.
    pool.on('error', () => undefined);
    refuseWhileSilent(pool, outage);
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  it('get none that is opened while the server is silent, and one again after that', async () => {
    const held = await pool.connect();
    const waiting = Array.from({ length: 3 }, () =>
      pool.query('SELECT 1').then(() => 'answered', isTimeout),
    );
    outage.active = true;
    held.release(new Error('its statement was overdue'));
    expect(await Promise.all(waiting)).toEqual([true, true, true]);
    outage.active = false;
    expect((await pool.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(pool.totalCount).toBe(1);
  });
});
