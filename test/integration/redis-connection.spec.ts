import * as redisPackage from '@redis/client';
import { type Logger, pino } from 'pino';

import { Outages } from '../../src/platform/observability/logging/outages.js';
import { RedisConnection } from '../../src/platform/redis/redis-connection.js';
import { describeOnRedis } from '../support/installed.js';
import { nestLogger } from '../support/nest-logger.js';
import { PROBE_TIMEOUT_MS } from '../support/ready.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';

let log: string[] = [];
const logger: Logger = pino({}, { write: (line) => void log.push(line) });

function create(url: string | undefined): RedisConnection {
  return new RedisConnection(
    { url, ca: undefined },
    redisPackage,
    nestLogger(logger),
    new Outages(logger),
  );
}

beforeEach(() => {
  log = [];
});

describeOnRedis('RedisConnection', () => {
  let redis: RedisServer;
  let connection: RedisConnection;

  const isUp = () => connection.isUp();

  beforeEach(async () => {
    redis = await startRedis();
    connection = create(redis.url);
    connection.onModuleInit();
    await waitFor('Redis to be up', isUp);
  });

  afterEach(async () => {
    connection.onApplicationShutdown();
    redis.resume();
    await redis.stop();
  });

  it('runs commands', async () => {
    await connection.client?.set('key', 'value');
    expect(await connection.client?.get('key')).toBe('value');
  });

  it('is down after Redis was killed, fails commands without sending them, and logs it once', async () => {
    await redis.kill();
    const lost = performance.now();
    await waitFor('the loss to be noticed', async () => !(await isUp()));
    expect(performance.now() - lost).toBeLessThan(PROBE_TIMEOUT_MS);
    await expect(connection.client?.get('key')).rejects.toBeInstanceOf(
      redisPackage.ClientOfflineError,
    );
    expect(log.filter((line) => line.includes('redis unavailable'))).toHaveLength(1);
  });

  it('recovers by itself when Redis is back, and logs it', async () => {
    await redis.kill();
    await waitFor('the loss to be noticed', async () => !(await isUp()));
    await redis.restart();
    await waitFor('Redis to be up again', isUp);
    await expect(connection.client?.ping()).resolves.toBe('PONG');
    const told = () => log.filter((line) => line.includes('redis available again')).length;
    await waitFor('the line', () => told() > 0);
    expect(told()).toBe(1);
  });

  it('is down in time for probes when Redis hangs, and up again when Redis continues', async () => {
    redis.suspend();
    const hanging = performance.now();
    expect(await isUp()).toBe(false);
    expect(performance.now() - hanging).toBeLessThan(PROBE_TIMEOUT_MS);
    redis.resume();
    await waitFor('Redis to be up again', isUp);
  });
});

describe('RedisConnection without REDIS_URL', () => {
  it('counts as up and logs once that counters are in process', async () => {
    const connection = create(undefined);
    connection.onModuleInit();
    expect(connection.client).toBeUndefined();
    expect(await connection.isUp()).toBe(true);
    expect(log).toHaveLength(1);
  });
});
