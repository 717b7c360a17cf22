import { asWhoMay, createUser, PASSWORD, superuser } from '../support/accounts.js';
import { asService, bearer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { describeOnRedis } from '../support/installed.js';
import { type Description, exampleBody, operationsOf } from '../support/openapi.js';
import { type PaymentServer, startPaymentServer } from '../support/payment-service.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { signUp, uniqueEmail } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const NOBODY = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';

/** Bodies that pass validation, by operation; for others the examples of the description do. */
const bodies: Readonly<Record<string, unknown>> = {
  createUser: signUp({ password: PASSWORD }),
  updateUser: { name: 'Grace' },
  changeTier: { tier: 'pro' },
  login: { email: uniqueEmail(), password: PASSWORD },
  loginFactor: { login_token: 't'.repeat(43), code: '123456' },
  refresh: { refresh_token: 'r'.repeat(43) },
  verifyEmail: { token: 't'.repeat(43) },
  resendVerification: { email: uniqueEmail() },
  forgotPassword: { email: uniqueEmail() },
  resetPassword: { token: 't'.repeat(43), password: PASSWORD },
  disownSignIn: { token: 't'.repeat(43) },
  setLogLevel: { level: 'INFO' },
  updateApiKey: { name: 'Reports' },
  updateWebhook: { status: 'paused' },
};
/** Operations that have no use of the database; those of providers, where there is no such provider. */
const WITHOUT_DATABASE = new Set([
  'getJwks',
  'getEventSchema',
  'getHealth',
  'getReady',
  'getOverview',
  'listProviders',
  'startProviderSignIn',
  'exchangeProviderSignIn',
]);

describeOnRedis('a dependency that is lost', () => {
  let redis: RedisServer;
  let payments: PaymentServer;
  let api: Api;
  let userId: string;
  let session: Record<string, string>;

  beforeAll(async () => {
    [redis, payments] = await Promise.all([startRedis(), startPaymentServer()]);
    api = await testApi()
      .withFaults()
      .with({
        REDIS_URL: redis.url,
        RATE_LIMIT_REQUESTS: '1200',
        PAYMENT_SERVICE_URL: `${payments.url}/`,
      })
      .start();
    const user = await superuser(api, api.database);
    userId = user.id;
    session = bearer(user.tokens.access_token);
  });

  afterEach(() => api.as('service').delete('/admin/faults'));
  afterAll(async () => {
    await Promise.all([api?.stop(), redis?.kill(), payments?.close()]);
  });

  const lose = (dependency: string, route = '*') =>
    api.request('/admin/faults', {
      method: 'PUT',
      headers: asService,
      body: { faults: [{ route, dependency, seconds: 60 }] },
    });
  /** Calls of a dependency that failed so far. */
  const failures = async (name: string) => {
    const { text } = await api.get('/metrics');
    const series = new RegExp(
      `^dependency_calls_total\\{name="${name}",result="failure"\\} (\\d+)$`,
      'm',
    );
    return Number(series.exec(text)?.[1] ?? 0);
  };

  it('fails every route that uses the database, including prepared reads and writes', async () => {
    const { body: description } = await api.get<Description>('/openapi.json');
    const operations = operationsOf(description).filter(({ path }) => path !== '/admin/faults');
    const status = async ({ method, path, operation }: (typeof operations)[number]) => {
      const body = bodies[operation.operationId] ?? exampleBody(description, operation);
      const options = { method: method.toUpperCase(), ...(body !== undefined && { body }) };
      const target = path.replace('{id}', userId).replace(/\{\w+\}/g, NOBODY);
      const answer = await asWhoMay(
        (headers) => api.request(target, { ...options, headers }),
        session,
      );
      return answer.status;
    };
    expect((await lose('database')).status).toBe(200);
    const independent = ({ operation }: (typeof operations)[number]) =>
      WITHOUT_DATABASE.has(operation.operationId);
    for (const each of operations.filter((some) => !independent(some)))
      expect([each.path, each.method, await status(each)]).toEqual([each.path, each.method, 503]);
    const without = operations.filter(independent);
    expect(without).toHaveLength(WITHOUT_DATABASE.size);
    // A readiness check connects within 800 ms or fails: a busy machine may need another one.
    for (const each of without)
      await waitFor(
        `${each.operation.operationId} to work`,
        async () => (await status(each)) !== 503,
      );
  });

  it('fails only requests of its route, even when requests share a statement', async () => {
    const { id } = await createUser(api);
    await lose('database', 'GET /users/:id');
    const [lost, kept] = await Promise.all([
      api.as('service').get(`/users/${id}`),
      api.get('/users/me', session),
    ]);
    expectProblem(lost, 503, 'dependency.unavailable');
    expect(kept.status).toBe(200);
  });

  it('fails the rate limits that count in Redis', async () => {
    const before = await failures('redis');
    await lose('redis', 'GET /users/:id');
    expect((await api.get(`/users/${NOBODY}`)).status).toBe(401);
    expect(await failures('redis')).toBe(before + 1);
  });

  it('fails mails inside their dependency policy, which counts the failures', async () => {
    const before = await failures('email');
    await lose('email');
    await createUser(api);
    const counted = waitFor('the delivery to fail', async () => (await failures('email')) > before);
    await expect(counted).resolves.toBe(true);
  });

  it('fails charges before a call to the payment service', async () => {
    const { id } = await createUser(api);
    await lose('payment');
    const answer = await api.as('service').post(`/users/${id}/tier`, { tier: 'pro' });
    expectProblem(answer, 503, 'dependency.unavailable');
    expect(payments.asksOf(id)).toEqual([]);
  });
});
