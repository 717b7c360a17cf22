import { Readable } from 'node:stream';

import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';

import { BulkModule } from '../../src/features/bulk/bulk.module.js';
import { UserImport } from '../../src/features/bulk/user-import.js';
import { LIVE_SESSION } from '../../src/features/sessions/live-sessions/live-session.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const USERS = 2000;
/** The user of a session is found by an index on ids; otherwise by one on statuses, which nearly all share. */
const BY_ID = / on users u .*\n\s*Index Cond: .*\bid = s\.user_id/;

describeOnPostgres('an import into a new database', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;

  beforeAll(async () => {
    database = await createTestDatabase();
    // PostgreSQL analyses the table by itself at a time of its own.
    await database.query('ALTER TABLE users SET (autovacuum_enabled = off)');
    app = await createContext(database, { imports: [WorkersModule, BulkModule] });
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const importing = (prefix: string) => {
    const lines = Array.from({ length: USERS }, (_, index) => `${prefix}-${index}@example.com,Ada`);
    return app
      .get(UserImport)
      .run(Readable.from([Buffer.from(['email,name', ...lines].join('\n'))]), {
        format: 'csv',
        dryRun: false,
        onRejection: async () => undefined,
        onProgress: () => undefined,
      });
  };

  /** How a session is looked up. */
  async function plan(): Promise<string> {
    const rows = await database.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT s.id FROM public.sessions s, public.users u
        WHERE s.id = gen_random_uuid() AND u.id = s.user_id AND ${LIVE_SESSION}`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it('leaves statistics by which sessions find their user by id, and read no others', async () => {
    await database.query(
      `INSERT INTO users (id, email, name)
       SELECT gen_random_uuid(), 'user-' || number || '@example.com', 'Ada' FROM generate_series(1, ${USERS}) AS number`,
    );
    expect(await plan()).not.toMatch(BY_ID);
    expect((await importing('imported')).imported).toBe(USERS);
    expect(await plan()).toMatch(BY_ID);
  });

  it('succeeds while a vacuum or an index build holds the table, without statistics of its own', async () => {
    const holder = new Client({ connectionString: database.url });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE');
      expect((await importing('meanwhile')).imported).toBe(USERS);
    } finally {
      await holder.end();
    }
  });
});
