import type { PinoLogger } from 'nestjs-pino';
import { pino } from 'pino';
import { createClient, type RedisClientType } from '@redis/client';

import { Outages } from '../../src/platform/observability/logging/outages.js';
import type { RedisConnection } from '../../src/platform/redis/redis-connection.js';
import { redisPolicy } from '../../src/platform/resilience/dependency-policies.js';
import { SharedCounters } from '../../src/platform/redis/shared-counters.js';
import { describeOnRedis } from '../support/installed.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';

const logger = pino({ enabled: false }) as unknown as PinoLogger;

describeOnRedis('SharedCounters on a real Redis', () => {
  let redis: RedisServer;
  let clients: RedisClientType[];
  let replicas: SharedCounters[];

  // By default it is about counting, even on a machine that pauses for longer than 200 ms.
  function replicaOf(
    client: RedisClientType,
    timeoutMs = 10_000,
    onAsk = () => {},
  ): SharedCounters {
    return new SharedCounters({
      client,
      policy: redisPolicy(logger, new Outages(pino({ enabled: false })).of('redis'), timeoutMs),
      get isUsable() {
        return client.isReady;
      },
      attempt: async (commands: () => Promise<unknown>) => {
        onAsk();
        return commands();
      },
    } as unknown as RedisConnection);
  }

  beforeAll(async () => {
    redis = await startRedis();
    clients = [0, 1].map(
      () =>
        createClient({
          url: redis.url,
          disableOfflineQueue: true,
          socket: { reconnectStrategy: 20 },
        }) as RedisClientType,
    );
    for (const client of clients) {
      client.on('error', () => undefined);
      await client.connect();
    }
    replicas = clients.map((client) => replicaOf(client));
  });

  afterAll(async () => {
    for (const client of clients) client.destroy();
    await redis.kill();
  });

  const count = async (replica: number, key: string, windowMs = 60_000) =>
    (await replicas[replica]?.increment([{ key, windowMs }]))?.[0];

  let looks = 0;
  /** Connected, and past the pause after a failure. */
  const sharing = () =>
    waitFor('both replicas to count in Redis', async () => {
      looks += 1;
      const key = `limit:{look ${looks}}:x`;
      await count(0, key);
      return (await count(1, key))?.count === 2;
    });

  beforeEach(sharing);

  it('counts concurrent requests of all replicas together', async () => {
    const counts = await Promise.all(
      Array.from({ length: 100 }, (_none, index) => count(index % 2, 'limit:{a}:x')),
    );
    const numbers = counts.map((each) => each?.count).toSorted((a = 0, b = 0) => a - b);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_none, index) => index + 1));
  });

  it('counts several windows in one call, each with its own end', async () => {
    const [first, second] =
      (await replicas[0]?.increment([
        { key: 'limit:{b}:x', windowMs: 1000 },
        { key: 'limit:{b}:y', windowMs: 50_000 },
      ])) ?? [];
    expect(first).toEqual({ count: 1, remainingMs: 1000 });
    expect(second).toEqual({ count: 1, remainingMs: 50_000 });
    expect(await count(1, 'limit:{b}:y')).toMatchObject({ count: 2 });
  });

  it('counts in windows of any length', async () => {
    const windowMs = 2_147_483_647_000;
    expect(await count(0, 'limit:{long}:x', windowMs)).toEqual({ count: 1, remainingMs: windowMs });
  });

  it('sets a new expiry on a key that lost its own', async () => {
    await redis.send('SET limit:{c}:x 7');
    expect(await count(0, 'limit:{c}:x')).toEqual({ count: 8, remainingMs: 60_000 });
  });

  it('counts in process while Redis is down, and shares counts again afterwards', async () => {
    await count(0, 'limit:{d}:x');
    await count(0, 'limit:{d}:x');
    await redis.kill();
    expect(await count(0, 'limit:{d}:x')).toMatchObject({ count: 3 });
    expect(await count(1, 'limit:{d}:x')).toMatchObject({ count: 1 });
    await redis.restart();
    await sharing();
  });

  it('waits only once for a Redis that hangs', async () => {
    const asked = jest.fn();
    const impatient = replicaOf(clients[0] as RedisClientType, 200, asked);
    const increment = () => impatient.increment([{ key: 'limit:{g}:x', windowMs: 60_000 }]);
    redis.suspend();
    try {
      await increment();
      await Promise.all(Array.from({ length: 20 }, increment));
      expect(asked).toHaveBeenCalledTimes(1);
    } finally {
      redis.resume();
    }
  });
});
