import { type AddressInfo, createServer, type Server } from 'node:net';

import { type Api, testApi } from '../support/test-api.js';
import { describeOnRedis } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';

interface Ready {
  status: string;
  checks: Record<string, boolean>;
  details: Record<string, Record<string, unknown>>;
}

/** Waits until the database is up and the other checks are as given. @returns the status. */
async function statusWith(api: Api, checks: Record<string, boolean>): Promise<number> {
  const expected = { database: true, ...checks };
  const { status } = await waitFor(`checks to be ${JSON.stringify(checks)}`, async () => {
    const answer = await api.get<Ready>('/ready');
    const same = Object.entries(expected).every(([name, up]) => answer.body.checks[name] === up);
    return same && answer;
  });
  return status;
}

describeOnRedis('/ready with Redis', () => {
  let redis: RedisServer;
  let strict: Api;
  let lenient: Api;

  beforeAll(async () => {
    redis = await startRedis();
    const env = { REDIS_URL: redis.url, EMAIL_SERVICE_URL: 'log:' };
    [strict, lenient] = await Promise.all([
      testApi()
        .with({ ...env, READINESS_REQUIRED: 'database, redis' })
        .listen(),
      testApi().with(env).listen(),
    ]);
  });

  afterAll(async () => {
    await Promise.all([strict?.stop(), lenient?.stop()]);
    await redis?.stop();
  });

  it('is 503 without Redis only when Redis is required, and reports Redis as down in both cases', async () => {
    expect(await statusWith(strict, { redis: true })).toBe(200);
    expect(await statusWith(lenient, { redis: true })).toBe(200);
    await redis.kill();
    expect(await statusWith(strict, { redis: false })).toBe(503);
    expect(await statusWith(lenient, { redis: false })).toBe(200);
    expect((await strict.get('/health')).status).toBe(200);
    await redis.restart();
    expect(await statusWith(strict, { redis: true })).toBe(200);
    expect(await statusWith(lenient, { redis: true })).toBe(200);
  });
});

describe('/ready with external services', () => {
  let mail: MailService;
  let api: Api;
  let payment: Api;
  /** Takes connections and never answers. */
  let silent: Server;

  const externals = async (from: Api) =>
    (await from.get<Ready>('/ready')).body.details['external_apis'];

  beforeAll(async () => {
    silent = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    mail = await startMailService();
    const env = { READINESS_REQUIRED: 'database,redis,external_apis' };
    [api, payment] = await Promise.all([
      testApi()
        .withMails(mail)
        .with({ ...env })
        .listen(),
      testApi()
        .withMails('log')
        .with({
          ...env,
          PAYMENT_SERVICE_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
        })
        .listen(),
    ]);
  });

  afterAll(async () => {
    await Promise.all([api?.stop(), payment?.stop()]);
    await mail?.stop();
    silent?.close();
  });

  it('counts any answer below 500 as up, and no answer as down', async () => {
    expect(await statusWith(api, { external_apis: true })).toBe(200);
    await mail.stop();
    expect(await statusWith(api, { external_apis: false })).toBe(503);
    expect(await externals(api)).toMatchObject({ status: 'down', email: 'down', payment: 'up' });
  });

  it('needs the payment service too, and reports which of the two does not answer', async () => {
    expect(await statusWith(payment, { external_apis: false })).toBe(503);
    expect(await externals(payment)).toMatchObject({
      status: 'down',
      email: 'up',
      payment: 'down',
    });
  });
});
