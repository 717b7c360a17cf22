import { Client } from 'pg';

import { runCommand, startApi } from '../support/warm-process.js';
import { expectProblem } from '../support/http.js';
import type { Service } from '../support/service.js';
import { startTestPostgres, type TestPostgres } from '../support/postgres.js';
import { PROBE_TIMEOUT_MS } from '../support/ready.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

interface Ready {
  status: string;
  checks: Record<string, boolean>;
  details: { database: { pending_migrations?: string[] } };
}

describe('probes and the database', () => {
  let postgres: TestPostgres;
  let url: string;
  let api: Service;

  const start = () =>
    startApi({
      DATABASE_URL: url,
      EMAIL_SERVICE_URL: 'log:',
      DATABASE_STATEMENT_TIMEOUT_MS: '500',
    });

  beforeAll(async () => {
    postgres = await startTestPostgres({ version: 'embedded', tcp: true });
    await postgres.createDatabase('users');
    url = String(postgres.tcpUrl).replace('/postgres?', '/users?');
    api = await start();
  });

  afterAll(async () => {
    postgres?.resume();
    await api?.stop();
    await postgres?.stop();
  });

  /** Milliseconds that the slowest answer of `/ready` took. */
  let slowestMs = 0;
  const ready = async () => {
    const asked = performance.now();
    const answer = await api.get<Ready>('/ready');
    slowestMs = Math.max(slowestMs, performance.now() - asked);
    return answer;
  };
  const becomes = (status: number) =>
    waitFor(`/ready to be ${status}`, async () => {
      const answer = await ready();
      return answer.status === status && answer;
    });
  const healthy = async () => (await api.get('/health')).status === 200;
  const create = () => api.post('/users', signUp());

  // In this order: a database that is not migrated yet can be had once.
  it('is alive but not ready while migrations are pending, and ready after them', async () => {
    const before = await ready();
    expect(before.status).toBe(503);
    expect(before.body).toMatchObject({ status: 'not_ready', checks: { database: true } });
    expect(before.body.details.database.pending_migrations).toEqual(
      expect.arrayContaining([
        '1763800000000-create-users',
        'job-tables',
        'job-queue-email',
      ]) as unknown,
    );
    expect(await healthy()).toBe(true);

    expect((await runCommand(['migrate'], { DATABASE_URL: url })).code).toBe(0);
    expect(await becomes(200)).toMatchObject({
      body: {
        status: 'ready',
        checks: { database: true, redis: true, external_apis: true },
        details: { database: { pending_migrations: [] } },
      },
    });
    expect((await create()).status).toBe(201);
  });

  it('answers with exactly the documented keys', async () => {
    await becomes(200);
    expect(Object.keys((await ready()).body)).toEqual(['status', 'checks', 'details', 'timestamp']);
    const { body } = await api.get('/health');
    expect(body).toEqual({
      status: 'healthy',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      environment: 'test',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
  });

  it('is ready with a database ahead of the code', async () => {
    await api.stop();
    await execute(
      url,
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'later9999999999999')`,
    );
    api = await start();
    expect((await ready()).status).toBe(200);
  });

  it('reports not ready in time for probes when the database hangs, stays alive, and recovers', async () => {
    await becomes(200);
    slowestMs = 0;
    postgres.suspend();
    try {
      await becomes(503);
      for (let round = 0; round < 3; round += 1) {
        const { status, body } = await ready();
        expect({ status, checks: body.checks }).toMatchObject({
          status: 503,
          checks: { database: false },
        });
        expect(await healthy()).toBe(true);
      }
      expect(slowestMs).toBeLessThan(PROBE_TIMEOUT_MS);
      const answer = await api.as('service').get('/users');
      expectProblem(answer, 503, 'dependency.unavailable');
      expect(answer.headers.get('retry-after')).toBe('1');
    } finally {
      postgres.resume();
    }
    await becomes(200);
    await waitFor('users to be served', async () => (await create()).status === 201);
  });

  it('shuts down in order while the database hangs', async () => {
    await becomes(200);
    postgres.suspend();
    try {
      await becomes(503);
      expect(await api.stop()).toBe(0);
    } finally {
      postgres.resume();
    }
    api = await start();
  });

  it('survives a kill of the database and serves again after its restart', async () => {
    await becomes(200);
    postgres.kill();
    await becomes(503);
    expect(await healthy()).toBe(true);
    expectProblem(await create(), 503, 'dependency.unavailable');
    for (let count = 0; count < 50; count += 1) expect((await create()).status).toBe(503);
    await postgres.restart();
    await becomes(200);
    await waitFor('users to be served', async () => (await create()).status === 201);
    expect(await healthy()).toBe(true);
    // However many met it, requests and loops of queues: one line says why, and not where the database is.
    const lines = () => api.logs.filter(({ dependency }) => dependency === 'database');
    await waitFor('the end to be logged', () => lines().length > 1);
    const [line] = lines();
    expect(lines().map(({ level, message, state }) => [level, message, state])).toEqual([
      ['WARN', 'database unavailable', 'down'],
      ['INFO', 'database available again', 'up'],
    ]);
    expect(line?.['exception']).toMatch(/^\w+.*\n\s+at /);
    expect(line?.['exception']).not.toContain('127.0.0.1');
    expect(api.logs.filter(({ exception }) => exception !== undefined)).toEqual([line]);
  });

  it('starts without a database, answers 503, and is ready once it is up', async () => {
    await api.stop();
    postgres.kill();
    api = await start();
    expect(await healthy()).toBe(true);
    expect((await ready()).status).toBe(503);
    const refused = await create();
    expectProblem(refused, 503, 'dependency.unavailable');
    expect(refused.headers.get('retry-after')).toBe('1');
    await postgres.restart();
    await becomes(200);
    const { body } = await api.post<{ id: string }>('/users', signUp());
    await waitFor('the mail of the new user', async () => hasMail(url, body.id));
  });
});

async function hasMail(url: string, userId: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query(
    `SELECT 1 FROM pgboss.job
      WHERE name = 'email' AND state = 'completed' AND data #>> '{payload,user_id}' = $1`,
    [userId],
  );
  await client.end();
  return rowCount === 1;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
