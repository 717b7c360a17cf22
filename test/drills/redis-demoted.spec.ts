import { describeOnRedis } from '../support/installed.js';
import { API_KEY } from '../support/caller.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const portOf = ({ url }: RedisServer) => Number(new URL(url).port);

describeOnRedis('a Redis primary that is demoted, behind an address that moves', () => {
  let database: TestDatabase;
  let first: RedisServer;
  let second: RedisServer;
  let proxy: TcpProxy;
  let service: Service;

  beforeAll(async () => {
    [database, first, second] = await Promise.all([
      createTestDatabase(),
      startRedis(),
      startRedis(),
    ]);
    proxy = await startTcpProxy('127.0.0.1', portOf(first));
    service = await startService({
      DATABASE_URL: database.url,
      EMAIL_SERVICE_URL: 'log:',
      REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
      RATE_LIMIT_REQUESTS: '100000',
    }).then(ready);
    await redisIs(true);
  });

  afterAll(async () => {
    await service?.stop();
    await proxy?.stop();
    await Promise.all([first?.stop(), second?.stop(), database?.drop()]);
  });

  async function redisIs(up: boolean): Promise<void> {
    await waitFor(`/ready to say redis: ${up}`, async () => {
      const { body } = await service.get<{ checks: { redis: boolean } }>('/ready');
      return body.checks.redis === up;
    });
  }

  const requests = async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => service.get('/users/me')));
    return new Set(answers.map(({ status }) => status));
  };
  const said = (message: string) => service.logs.filter((line) => line.message === message);

  it('is disconnected, logged once, and replaced by its successor', async () => {
    expect(await requests()).toEqual(new Set([401]));
    await first.send(`REPLICAOF 127.0.0.1 ${portOf(second)}`);
    // The count continues in the process that notices first.
    expect(await requests()).toEqual(new Set([401]));
    await redisIs(false);
    expect(said('redis unavailable')).toHaveLength(1);
    expect(said('redis unavailable')[0]?.['exception']).toMatch(/READONLY/);

    proxy.retarget(portOf(second));
    await redisIs(true);
    expect(await requests()).toEqual(new Set([401]));
    expect(said('redis unavailable')).toHaveLength(1);
    await waitFor(
      'the end of the outage to be told',
      () => said('redis available again').length > 0,
    );
    await waitFor('counters on the successor', async () => {
      await requests();
      return (await second.send('KEYS limit:*')) !== '*0';
    });
    expect(service.output()).not.toContain(API_KEY);
  });
});
