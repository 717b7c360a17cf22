import { superuser } from '../support/accounts.js';
import { asService, bearer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { sharedApi } from '../support/shared-api.js';
import { type Api, testApi } from '../support/test-api.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

describe('fault switches', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().withFaults().start();
  });

  afterEach(() => api.as('service').delete('/admin/faults'));
  afterAll(() => api?.stop());

  const put = (faults: unknown, headers: Record<string, string> = asService) =>
    api.request('/admin/faults', { method: 'PUT', headers, body: { faults } });
  const list = () => api.as('service').get('/users');

  it('are allowed for superusers and services only', async () => {
    const faults = [{ route: 'GET /users', status: 503, seconds: 60 }];
    expectProblem(await put(faults, {}), 401, 'auth.unauthenticated');
    const admin = await superuser(api, api.database);
    expect((await put(faults, bearer(admin.tokens.access_token))).status).toBe(200);
  });

  it('fail a route, are listed while active, and end', async () => {
    const { status, body } = await put([{ route: 'GET /users', status: 500, seconds: 60 }]);
    expect(status).toBe(200);
    const shown = { route: 'GET /users', status: 500, probability: 1 };
    expect(body).toEqual({ faults: [{ ...shown, until: expect.any(String) as string }] });
    expect((await api.as('service').get('/admin/faults')).body).toEqual(body);
    expectProblem(await list(), 500, 'internal');
    const other = await api.as('service').post('/users', signUp());
    expect(other.status).toBe(201);
    const end = await api.as('service').delete('/admin/faults');
    expect(end.status).toBe(204);
    expect((await list()).status).toBe(200);
  });

  it('add latency', async () => {
    await put([{ route: 'GET /users', latency_ms: 300, seconds: 60 }]);
    const since = performance.now();
    expect((await list()).status).toBe(200);
    expect(performance.now() - since).toBeGreaterThanOrEqual(295);
  });

  it('block the database except for probes and the switches', async () => {
    await put([{ route: '*', dependency: 'database', seconds: 60 }]);
    expectProblem(await list(), 503, 'dependency.unavailable');
    expect((await api.get('/ready')).body).toMatchObject({ checks: { database: true } });
    expect((await api.get('/health')).status).toBe(200);
    expect((await api.get('/metrics')).status).toBe(200);
    const end = await api.as('service').delete('/admin/faults');
    expect(end.status).toBe(204);
    expect((await list()).status).toBe(200);
  });

  it('block mail for jobs, which are delivered afterwards', async () => {
    await put([{ route: '*', dependency: 'email', seconds: 60 }]);
    const user = signUp();
    const { status } = await api.as('service').post('/users', user);
    expect(status).toBe(201);
    await waitFor('the delivery to fail', () =>
      api.logs.some(({ message }) => message === 'email unavailable'),
    );
    await api.as('service').delete('/admin/faults');
    await waitFor('the delivery', async () => {
      const [row] = await api.database.query<{ left: number }>(
        `SELECT count(*)::int AS left FROM pgboss.job WHERE name = 'email' AND state <> 'completed'`,
      );
      return row?.left === 0;
    });
  });

  it('expire by themselves, and each change is in log and audit log', async () => {
    // On a busy machine one may be over before it is met.
    await waitFor('a request to meet the fault', async () => {
      await put([{ route: 'GET /users', status: 503, seconds: 1 }]);
      return (await list()).status === 503;
    });
    await waitFor('the end', async () => (await list()).status === 200);
    await waitFor('the record', async () => {
      const rows = await api.database.query<{ action: string; details: unknown }>(
        `SELECT action, details FROM audit_log WHERE action LIKE 'faults.%' ORDER BY id DESC LIMIT 2`,
      );
      return (
        rows[0]?.action === 'faults.ended' && JSON.stringify(rows[0].details).includes('expired')
      );
    });
    const messages = api.logs
      .filter(({ logger }) => logger === 'faults')
      .map(({ message }) => message);
    expect(messages).toContain('faults switched on');
    expect(messages).toContain('fault ended');
  });

  it.each([
    ['no effect', { route: 'GET /users', seconds: 1 }],
    ['no end', { route: 'GET /users', status: 503 }],
    ['an end too far away', { route: 'GET /users', status: 503, seconds: 3601 }],
    ['an unknown route', { route: 'GET /nobody', status: 503, seconds: 1 }],
    ['liveness', { route: 'GET /health', status: 503, seconds: 1 }],
    ['readiness', { route: 'GET /ready', status: 503, seconds: 1 }],
    ['metrics', { route: 'GET /metrics', status: 503, seconds: 1 }],
    ['the switches themselves', { route: 'DELETE /admin/faults', status: 503, seconds: 1 }],
    ['another status', { route: 'GET /users', status: 200, seconds: 1 }],
  ])('refuse %s', async (_what, fault) => {
    expectProblem(await put([fault]), 400, 'request.invalid');
  });
});

describe('without FAULTS_ENABLED', () => {
  it.each(['GET', 'PUT', 'DELETE'])('%s /admin/faults does not exist', async (method) => {
    const answer = await (await sharedApi()).as('service').request('/admin/faults', { method });
    expectProblem(answer, 404, 'request.not-found');
  });
});
