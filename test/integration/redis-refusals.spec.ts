import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as redisPackage from '@redis/client';
import { type Logger, pino } from 'pino';

import { Outages } from '../../src/platform/observability/logging/outages.js';
import { RedisConnection } from '../../src/platform/redis/redis-connection.js';
import { SharedCounters } from '../../src/platform/redis/shared-counters.js';
import { makeCertificateFiles } from '../support/certificate.js';
import { describeOnRedis } from '../support/installed.js';
import { freePort } from '../support/free-port.js';
import { nestLogger } from '../support/nest-logger.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';

let log: string[] = [];
const logger: Logger = pino({}, { write: (line) => void log.push(line) });

function create(url: string, ca?: string): RedisConnection {
  const connection = new RedisConnection(
    { url, ca },
    redisPackage,
    nestLogger(logger),
    new Outages(logger),
  );
  connection.onModuleInit();
  return connection;
}

const lines = (text: string) => log.filter((line) => line.includes(text));

describeOnRedis('a Redis that is there and does not do its work', () => {
  let redis: RedisServer;
  let connection: RedisConnection;
  let counters: SharedCounters;

  const count = async () =>
    (await counters.increment([{ key: 'limit:{x}:y', windowMs: 60_000 }]))[0]?.count;

  beforeEach(async () => {
    log = [];
    redis = await startRedis();
    connection = create(redis.url);
    counters = new SharedCounters(connection);
    await waitFor('Redis to be usable', () => connection.isUsable);
  });

  afterEach(async () => {
    connection.onApplicationShutdown();
    await redis.stop();
  });

  it.each([
    ['READONLY', ['REPLICAOF 127.0.0.1 1'], ['REPLICAOF NO ONE']],
    [
      'READONLY',
      ['CONFIG SET replica-serve-stale-data no', 'REPLICAOF 127.0.0.1 1'],
      ['REPLICAOF NO ONE'],
    ],
    ['OOM', ['CONFIG SET maxmemory 1'], ['CONFIG SET maxmemory 0']],
    ['NOREPLICAS', ['CONFIG SET min-replicas-to-write 1'], ['CONFIG SET min-replicas-to-write 0']],
    ['NOPERM', ['ACL SETUSER default -@write'], ['ACL SETUSER default +@all']],
  ])(
    '%s (%j): counts by itself, is not ready, says so once, and heals',
    async (code, ill, well) => {
      expect(await count()).toBe(1);
      for (const command of ill) await redis.send(command);
      // Nothing is lost of what was counted together.
      expect(await count()).toBe(2);
      await waitFor('the refusal to be noticed', () => !connection.isUsable);
      expect(await connection.isUp()).toBe(false);
      expect(await count()).toBe(3);
      expect(lines('redis unavailable')).toHaveLength(1);
      expect(lines('redis unavailable')[0]).toContain(code);

      for (const command of well) await redis.send(command);
      await waitFor('Redis to be usable again', () => connection.isUsable);
      expect(await connection.isUp()).toBe(true);
      expect(lines('redis unavailable')).toHaveLength(1);
      await waitFor(
        'the end of the outage to be told',
        () => lines('redis available again').length > 0,
      );
    },
  );

  it('CLUSTERDOWN: a cluster without its slots is never used', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cnua-cluster-'));
    const cluster = await startRedis(['--cluster-enabled', 'yes', '--dir', folder]);
    const other = create(cluster.url);
    await waitFor('the refusal', () => lines('redis unavailable').length > 0);
    expect(other.isUsable).toBe(false);
    expect(await other.isUp()).toBe(false);
    other.onApplicationShutdown();
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });
});

describeOnRedis('Redis by TLS', () => {
  let folder: string;
  let redis: RedisServer;
  let url: string;
  let ca: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cnua-redis-tls-'));
    const { key, cert } = makeCertificateFiles(folder);
    ca = readFileSync(cert, 'utf8');
    const port = await freePort();
    const settings = `--tls-port ${port} --tls-auth-clients no --tls-cert-file ${cert} \
      --tls-key-file ${key} --tls-ca-cert-file ${cert}`;
    redis = await startRedis(settings.split(/\s+/));
    url = `rediss://127.0.0.1:${port}`;
  });

  beforeEach(() => {
    log = [];
  });

  afterAll(async () => {
    await redis?.stop();
    rmSync(folder, { recursive: true });
  });

  it('is used when its certificate is signed by the configured authority', async () => {
    const connection = create(url, ca);
    await waitFor('Redis to be usable', () => connection.isUsable);
    expect(await connection.client?.get('limit:{none}')).toBeNull();
    connection.onApplicationShutdown();
  });

  it('is not used when no trusted authority signed its certificate, and logs the reason', async () => {
    const connection = create(url);
    await waitFor('the refusal', () => lines('redis unavailable').length > 0);
    expect(connection.isUsable).toBe(false);
    expect(log.join('')).toMatch(/UNABLE_TO_VERIFY|unable to verify|self-signed/i);
    connection.onApplicationShutdown();
  });
});
