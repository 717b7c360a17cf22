import type { INestApplicationContext } from '@nestjs/common';

import { PrivacyModule } from '../../src/features/privacy/privacy.module.js';
import { Retention } from '../../src/features/privacy/retention.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { daysAgo, insertUsers } from '../support/users.js';

const ID = 'gen_random_uuid()';

/** Statements that insert rows of each kind, one for each `$1` moment in which they were over. */
const over = {
  sessions: `INSERT INTO sessions (id, user_id, expires_at, ended_at)
    SELECT ${ID}, (SELECT id FROM users LIMIT 1), now() + interval '1 day', at FROM unnest($1::timestamptz[]) at`,
  tokens: `INSERT INTO mailed_tokens (id, user_id, purpose, token_hash, expires_at)
    SELECT ${ID}, (SELECT id FROM users LIMIT 1), 'verify_email', uuid_send(${ID}), at FROM unnest($1::timestamptz[]) at`,
  idempotency_keys: `INSERT INTO idempotency_keys (scope, key, fingerprint, locked_until, created_at)
    SELECT 's', ${ID}, '', at, at FROM unnest($1::timestamptz[]) at`,
  audit_log: `INSERT INTO audit_log (id, at, action, actor_kind)
    SELECT ${ID}, at, 'test', 'system' FROM unnest($1::timestamptz[]) at`,
  jobs: `INSERT INTO pgboss.job (name, state, completed_on, data)
    SELECT 'email', 'completed', at, '{}' FROM unnest($1::timestamptz[]) at`,
};

describeOnPostgres('Retention', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let retention: Retention;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createContext(database, {
      imports: [WorkersModule, PrivacyModule],
    });
    retention = app.get(Retention);
    await insertUsers(database, [{ name: 'Living' }]);
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it.each(Object.entries(over) as [keyof typeof over, string][])(
    'counts and removes %s that are older than the limit, and no others',
    async (kind, sql) => {
      await database.query(sql, [[31, 40, 29, 0].map(daysAgo)]);
      expect(await retention.count(kind, 30)).toBe(2);
      expect(await retention.remove(kind, 30)).toBe(2);
      expect(await retention.count(kind, 30)).toBe(0);
      expect(await retention.count(kind, 10)).toBe(1);
    },
  );

  it('has a statement in this spec for each kind', () => {
    expect(['users', ...Object.keys(over)].toSorted()).toEqual(retention.kinds.toSorted());
  });

  it('records the time of its last success once', async () => {
    await retention.succeeded();
    await database.query(`UPDATE maintenance SET succeeded_at = now() - interval '1 hour'`);
    await retention.succeeded();
    const noted = await database.query(
      `SELECT succeeded_at > now() - interval '1 hour' AS again FROM maintenance`,
    );
    expect(noted).toEqual([{ again: true }]);
  });

  it('erases deleted users with their rows in batches, and records each user', async () => {
    const deleted_at = daysAgo(31);
    const gone = await insertUsers(
      database,
      Array.from({ length: 2300 }, () => ({ deleted_at })),
    );
    const [kept] = await insertUsers(database, [{ deleted_at: daysAgo(29) }]);
    await database.query(
      `INSERT INTO sessions (id, user_id, expires_at) VALUES (${ID}, $1, now())`,
      [gone[0]],
    );
    const mailed = [gone[0], gone[1500], kept];
    await database.query(
      `INSERT INTO pgboss.job (name, state, data)
       SELECT 'email', 'created', jsonb_build_object('payload', jsonb_build_object('user_id', id))
         FROM unnest($1::text[]) AS id`,
      [mailed],
    );
    expect(await retention.count('users', 30)).toBe(2300);
    expect(await retention.remove('users', 30)).toBe(2300);
    const left = await database.query(`SELECT id FROM users WHERE deleted_at IS NOT NULL`);
    expect(left).toEqual([{ id: kept }]);
    const jobs = await database.query(
      `SELECT data -> 'payload' ->> 'user_id' AS id FROM pgboss.job
        WHERE data -> 'payload' ->> 'user_id' = ANY ($1)`,
      [mailed],
    );
    expect(jobs).toEqual([{ id: kept }]);
    const transactions = await database.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM audit_log WHERE action = 'user.erased' AND target_id = ANY ($1)
        GROUP BY xmin::text ORDER BY 1 DESC`,
      [gone],
    );
    expect(transactions.map(({ rows }) => rows)).toEqual([1000, 1000, 300]);
  });

  it('never removes waiting or running jobs, however old', async () => {
    const unfinished = await database.query<{ id: string }>(
      `INSERT INTO pgboss.job (name, state, created_on, completed_on, data)
       SELECT 'email', state::pgboss.job_state, now() - interval '1 year', NULL, '{}'
         FROM unnest(ARRAY['created', 'retry', 'active']) AS state
       RETURNING id`,
    );
    await retention.remove('jobs', 0);
    const ids = unfinished.map(({ id }) => id);
    const left = await database.query('SELECT FROM pgboss.job WHERE id = ANY ($1)', [ids]);
    expect(left).toHaveLength(3);
  });

  it.each([
    `UPDATE audit_log SET action = 'forged'`,
    'DELETE FROM audit_log',
    'TRUNCATE audit_log',
  ])('is the only way to shorten the audit log: refuses %s', async (sql) => {
    await database.query(over.audit_log, [[daysAgo(1)]]);
    await expect(database.query(sql)).rejects.toThrow('audit_log is append-only');
  });

  it('cannot change audit rows even with the clean-up setting', async () => {
    await database.query(over.audit_log, [[daysAgo(1)]]);
    await expect(
      database.query(`SET user_api.audit_cleanup = 'on'; UPDATE audit_log SET action = 'forged'`),
    ).rejects.toThrow('audit_log is append-only');
  });
});
