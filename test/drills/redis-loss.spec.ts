import { figure } from '../support/figure.js';
import { describeOnRedis } from '../support/installed.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { type Service, startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const CLIENTS = 4;
const LOGINS_PER_PHASE = 12;
const credentials = { email: 'ada@example.com', password: 'correct horse battery' };

describeOnRedis('Redis under the load of sign-ins', () => {
  let database: TestDatabase;
  let redis: RedisServer;
  let services: Service[] = [];

  beforeAll(async () => {
    [database, redis] = await Promise.all([createTestDatabase(), startRedis()]);
    const env = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      EMAIL_SERVICE_URL: 'log:',
      RATE_LIMIT_REQUESTS: '100000',
      RATE_LIMIT_LOGINS: '100000',
      RATE_LIMIT_SIGNUPS: '100000',
    };
    services = await Promise.all([startService(env), startService(env)]);
    const [first] = services;
    await first?.post('/users', { ...credentials, name: 'Ada' });
  });

  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all([redis?.stop(), database?.drop()]);
  });

  it('goes down and comes back without a failed sign-in', async () => {
    const statuses: number[] = [];
    const end = new AbortController();
    const client = async (index: number) => {
      const service = services[index % services.length] as Service;
      while (!end.signal.aborted) {
        const { status } = await service.post('/auth/login', credentials);
        statuses.push(status);
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, index) => client(index));
    const more = async () => {
      const before = statuses.length;
      await waitFor('more sign-ins', () => statuses.length >= before + LOGINS_PER_PHASE);
      return statuses.length - before;
    };
    try {
      const shared = await more();
      await redis.kill();
      const alone = await more();
      await redis.restart();
      const again = await more();
      const counted = await waitFor(
        'counting in Redis to go on',
        async () => (await redis.send('KEYS limit:*')) !== '*0',
      );
      expect(counted).toBe(true);
      figure(
        `Redis killed under sign-ins: ${shared} before, ${alone} without, ${again} after, all 200`,
      );
    } finally {
      end.abort();
      await Promise.all(clients);
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});
