import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

import { API_KEY, type RequestOptions } from '../support/caller.js';
import { expectProblem, pointers } from '../support/http.js';
import type { Service } from '../support/service.js';
import { testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

describe('Idempotency-Key of POST /users on two replicas', () => {
  let database: TestDatabase;
  let replicas: Service[];

  beforeAll(async () => {
    database = await createTestDatabase();
    const replica = testApi().on(database).withoutJobs();
    replicas = await Promise.all([replica.start(), replica.start()]);
  });

  afterAll(async () => {
    await Promise.all((replicas ?? []).map((service) => service.stop()));
    await database?.drop();
  });

  const user = (email = `${randomUUID()}@example.com`) => ({
    email,
    name: 'Ada',
    password: 'correct horse battery',
  });
  const post = (key: string, body: unknown, replica = 0, headers: RequestOptions['headers'] = {}) =>
    (replicas[replica] as Service).post('/users', body, { 'idempotency-key': key, ...headers });
  const count = async (email: string) =>
    (
      await database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM users WHERE email = $1',
        [email],
      )
    )[0]?.count;

  it('stores one row and one answer for 50 concurrent requests', async () => {
    const [key, body] = [randomUUID(), user()];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_none, index) => post(key, body, index % 2)),
    );
    const seen = answers.map(({ status, text, headers }) =>
      [
        status,
        text,
        headers.get('etag'),
        headers.get('location'),
        headers.get('content-type'),
      ].join(' '),
    );
    expect(new Set(seen).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await count(body.email)).toBe(1);
    const mails = await database.query(
      `SELECT 1 FROM pgboss.job j JOIN users u ON j.data #>> '{payload,user_id}' = u.id::text
        WHERE j.name = 'email' AND u.email = $1`,
      [body.email],
    );
    expect(mails).toHaveLength(1);
  });

  it('refuses another body with 422, and repeats refusals unchanged', async () => {
    const [key, body] = [randomUUID(), user()];
    await post(key, body);
    const other = await post(key, { ...body, name: 'Bob' }, 1);
    expectProblem(other, 422, 'idempotency.mismatch');
    for (const refused of [body, { email: 'nobody' }]) {
      const again = randomUUID();
      const first = await post(again, refused);
      const second = await post(again, refused, 1);
      expect(first.status).toBe(refused === body ? 409 : 400);
      expect([second.status, second.text]).toEqual([first.status, first.text]);
      expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    }
  });

  it('refuses a deeply nested body with and without a key', async () => {
    for (const body of [
      `${'['.repeat(45_000)}${']'.repeat(45_000)}`,
      `{"email":"a@example.com","name":${'{"a":'.repeat(16_000)}1${'}'.repeat(16_001)}`,
    ]) {
      const detail = 'must not be nested deeper than 32 levels';
      for (const answer of [
        await post(randomUUID(), body),
        await (replicas[0] as Service).post('/users', body),
      ])
        expect(expectProblem(answer, 400, 'request.invalid')).toEqual([{ pointer: '', detail }]);
    }
  });

  it('keeps callers apart', async () => {
    const key = randomUUID();
    const [mine, theirs] = [
      await post(key, user()),
      await post(key, user(), 0, { 'x-api-key': API_KEY }),
    ];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.body['id']).not.toBe(theirs.body['id']);
  });

  it.each(['', 'x'.repeat(256), 'tab\there'])('refuses the key %j', async (key) => {
    const faults = expectProblem(await post(key, user()), 400, 'request.invalid');
    expect(pointers(faults)).toEqual(['header/Idempotency-Key']);
  });

  it('repeats the request of a killed holder once, after a minute', async () => {
    const doomed = await testApi().on(database).withoutJobs().start();
    const [key, body] = [randomUUID(), user()];
    // The creation waits for this lock, and dies waiting.
    const blocker = new Client({ connectionString: database.url });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE audit_log');
    // A busy process may answer 503 instead, as at the end of the time for a statement: then it is sent again.
    const send = async (): Promise<string> => {
      const answer = await doomed
        .post('/users', body, { 'idempotency-key': key })
        .catch(() => undefined);
      return answer?.status === 503 ? send() : (answer?.text ?? 'lost');
    };
    const lost = send();
    try {
      await waitFor('the creation to wait for the lock', async () => {
        const waiting = await database.query(
          `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%audit_log%'`,
        );
        return waiting.length > 0;
      });
      await doomed.kill();
      expect(await lost).toBe('lost');
    } finally {
      await blocker.end();
    }
    const held = await post(key, body);
    expectProblem(held, 409, 'idempotency.in-flight');
    expect(held.headers.get('retry-after')).toBe('1');
    await database.query(`UPDATE idempotency_keys SET locked_until = now() WHERE key = $1`, [key]);
    const answers = await Promise.all([0, 1, 0, 1].map((replica) => post(key, body, replica)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await count(body.email)).toBe(1);
  });

  it('logs and counts a user only once it is committed', async () => {
    const [key, body] = [randomUUID(), user()];
    const { logs } = replicas[0] as Service;
    const logged = (id: string, event: string) =>
      logs.find(({ request_id, message }) => request_id === id && message === event);
    const created = async () => {
      const { text } = await (replicas[0] as Service).get('/metrics');
      const samples = text.matchAll(/^users_created_total\{.*\} (\d+)$/gm);
      return [...samples].reduce((sum, [, value]) => sum + Number(value), 0);
    };
    const before = await created();
    await database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$;
      CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON users DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const undone = await post(key, body, 0, { 'x-request-id': 'undone' });
    await database.query('DROP FUNCTION refuse CASCADE');
    expect(undone.status).toBe(500);
    await waitFor('the line of the request', () => logged('undone', 'request completed'));
    expect([logged('undone', 'user created'), (await created()) - before]).toEqual([undefined, 0]);
    expect((await post(key, body, 0, { 'x-request-id': 'done' })).status).toBe(201);
    await waitFor('the line of the user', () => logged('done', 'user created'));
    expect((await created()) - before).toBe(1);
  });

  it('stores no password', async () => {
    const rows = await database.query<{ row: string }>(
      'SELECT k::text AS row FROM idempotency_keys k',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => row.includes('correct horse'))).toEqual([]);
  });
});
