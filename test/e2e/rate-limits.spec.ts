import { describeOnRedis } from '../support/installed.js';
import { API_KEY } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import type { Service } from '../support/service.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

/** What Redis answers to TTL of a key that it does not have. */
const NO_KEY = ':-2';

describeOnRedis('rate limits of two replicas', () => {
  let database: TestDatabase;
  let redis: RedisServer;
  let replicas: Service[];

  const LIMITS = {
    RATE_LIMIT_REQUESTS: '20',
    RATE_LIMIT_SIGNUPS: '4',
    RATE_LIMIT_LOGINS: '20',
    RATE_LIMIT_WINDOW_SECONDS: '3600',
  };

  beforeAll(async () => {
    [database, redis] = await Promise.all([createTestDatabase(), startRedis()]);
    const replica = testApi()
      .on(database)
      .withoutJobs()
      .with({ REDIS_URL: redis.url, ...LIMITS });
    replicas = await Promise.all([
      replica.listen(),
      // The second one trusts a proxy on loopback, so that tests can be many sources.
      replica.with({ TRUST_PROXY: '1' }).listen(),
    ]);
  });

  afterAll(async () => {
    await Promise.all((replicas ?? []).map((service) => service.stop()));
    await redis?.kill();
    await database?.drop();
  });

  const [direct, proxied] = [() => replicas[0] as Service, () => replicas[1] as Service];
  const from = (source: string) => ({ 'x-forwarded-for': source });
  const forget = () => redis.send('FLUSHALL');

  it('refuses the request above a limit that two replicas share, with headers', async () => {
    await waitForRedis(replicas);
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const service = index % 2 === 0 ? direct() : proxied();
      const { status } = await service.post('/users', {});
      statuses.push(status);
    }
    expect(statuses).toEqual([400, 400, 400, 400, 429]);
    const limited = await direct().post('/users', {});
    expectProblem(limited, 429, 'rate.limited');
    const { headers } = limited;
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(3500);
    expect(headers.get('ratelimit-policy')).toBe('"requests";q=20;w=3600, "signups";q=4;w=3600');
    expect(headers.get('ratelimit')).toMatch(/^"requests";r=\d+;t=\d+, "signups";r=0;t=\d+$/);
  });

  it('counts wrong credentials, but neither valid ones nor probes', async () => {
    const statuses = statusesOf('203.0.113.7');
    expect(new Set(await statuses({ 'x-api-key': API_KEY }))).toEqual(new Set([200]));
    expect(new Set(await statuses({}, '/health'))).toEqual(new Set([200]));
    const wrong = await statuses({ 'x-api-key': 'wrong' });
    expect(wrong.filter((status) => status === 401)).toHaveLength(20);
    expect(wrong.filter((status) => status === 429)).toHaveLength(2);
    expect(await statuses({ 'x-api-key': API_KEY })).not.toContain(429);
  });

  it.each([
    ['/health', '203.0.113.8'],
    ['/ready', '203.0.113.9'],
    ['/metrics', '203.0.113.10'],
  ])('counts a wrong credential at %s, but not a valid or missing one', async (path, source) => {
    const statuses = statusesOf(source);
    const wrong = await statuses({ authorization: 'Bearer wrong' }, path);
    expect(wrong.filter((status) => status === 429)).toHaveLength(2);
    expect(new Set(await statuses({}, path))).toEqual(new Set([200]));
    expect(new Set(await statuses({ 'x-api-key': API_KEY }, path))).toEqual(new Set([200]));
  });

  it('treats a /64 as one source, and ignores forwarded addresses from untrusted peers', async () => {
    const remaining = async (service: Service, headers: Record<string, string>) => {
      const answer = await service.get('/nothing', headers);
      return Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]);
    };
    expect(await remaining(proxied(), from('2001:db8::1'))).toBe(19);
    expect(await remaining(proxied(), from('2001:db8::ffff:1'))).toBe(18);
    expect(await remaining(proxied(), from('2001:db8:0:1::1'))).toBe(19);
    expect(await remaining(proxied(), from('198.51.100.1'))).toBe(19);
    // Behind one proxy only its own entry, the last, counts.
    expect(await remaining(proxied(), from('192.0.2.66, 198.51.100.1'))).toBe(18);
    expect(await remaining(proxied(), from('::ffff:198.51.100.1'))).toBe(17);
    const forged: number[] = [];
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
      forged.push(await remaining(direct(), from(address)));
    expect(forged.map((left) => (forged[0] ?? 0) - left)).toEqual([0, 1, 2]);
  });

  it('keeps limits in process while Redis is down, without a failed request', async () => {
    await forget();
    const source = from('203.0.113.99');
    const get = () => proxied().get('/nothing', source);
    for (let index = 0; index < 15; index += 1) expect((await get()).status).toBe(404);
    await redis.kill();
    const statuses: number[] = [];
    for (let index = 0; index < 8; index += 1) statuses.push((await get()).status);
    // It continues from the last known count: 15 of 20 were used.
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429, 429]);
    await redis.restart();
    await waitForRedis();
    expect((await proxied().get('/nothing', from('203.0.113.98'))).status).toBe(404);
  });

  it('stores no account address, and no source longer than its window', async () => {
    await forget();
    const email = 'lovelace@example.com';
    const seconds = await waitFor('a count in Redis', async () => {
      const source = anotherSource();
      await proxied().post('/users', { email }, from(source));
      const left = await redis.send(`TTL limit:{${source}}:signups`);
      return left !== NO_KEY && left;
    });
    expect(seconds).toMatch(/^:3[56]\d\d$/);
    await proxied().post('/auth/login', { email, password: 'wrong' }, from(anotherSource()));
    // Its mails are counted for each account.
    await waitFor('a count of the account in Redis', async () => {
      await proxied().post('/auth/password/forgot', { email }, from(anotherSource()));
      return (await redis.send('KEYS limit:*:mails')) === '*1';
    });
    expect(await redis.send('KEYS *lovelace*')).toBe('*0');
  });

  /** The statuses of two requests more than the limit, from a source of their own. */
  function statusesOf(source: string) {
    return (headers: Record<string, string>, path = '/users') =>
      Promise.all(
        Array.from({ length: 22 }, async () => {
          const answer = await proxied().get(path, { ...from(source), ...headers });
          return answer.status;
        }),
      );
  }

  /** For each look another one: a source that has spent its window is refused from memory, without a word to Redis. */
  let looks = 0;
  function anotherSource(): string {
    looks += 1;
    return `198.18.${Math.floor(looks / 250)}.${looks % 250}`;
  }

  /** Connected, and past the pause after a failure. The replica without a proxy can be asked 20 times only. */
  function waitForRedis(services = [proxied()]) {
    return waitFor('replicas to use Redis', async () => {
      const source = from(anotherSource());
      await forget();
      await Promise.all(services.map((service) => service.get('/nothing', source)));
      // A replica that has just connected writes a key of another kind.
      const counts = await redis.send('KEYS limit:*:requests');
      await forget();
      return counts === `*${services.length}`;
    });
  }
});
