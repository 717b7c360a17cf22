import { sized } from '../support/drill-length.js';
import { figure } from '../support/figure.js';
import { collectingGarbage } from '../support/growth.js';
import { describeInOwnNetwork, describeOnRedis } from '../support/installed.js';
import { createNetworkNamespace, type NetworkNamespace } from '../support/network-namespace.js';
import { percentile } from '../support/open-loop.js';
import { expectFlat, type OutageReport, runOutage } from '../support/outage-drill.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { startTestPostgres, TEMPLATE, type TestPostgres } from '../support/postgres.js';
import { waitFor } from '../support/wait-for.js';

const SECONDS = sized(4, 20);
const RATE = sized(60, 100);
/** The command time-out of Redis, and what a busy machine adds to any answer. */
const LONGEST_MS = 500 + 1000;
const DRILL_MS = 90_000;

describeOnRedis('a Redis that says nothing, under load', () => {
  let postgres: TestPostgres;
  let redis: RedisServer;
  let service: Service;
  let databaseUrl: URL;

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([
      startTestPostgres({ version: 'embedded', tcp: true }),
      startRedis(),
    ]);
    await postgres.createDatabase('users', TEMPLATE);
    databaseUrl = new URL(String(postgres.tcpUrl));
    databaseUrl.pathname = '/users';
  });

  afterEach(async () => {
    redis.resume();
    expect(await service.stop()).toBe(0);
  });

  afterAll(async () => {
    await redis?.stop();
    await postgres?.stop();
  });

  const launch = async (env: Readonly<Record<string, string>>, inside: readonly string[] = []) => {
    service = await ready(
      await startService(
        {
          DATABASE_URL: databaseUrl.href,
          REDIS_URL: redis.url,
          EMAIL_SERVICE_URL: 'log:',
          RATE_LIMIT_REQUESTS: '1000000',
          ...collectingGarbage,
          ...env,
        },
        { inside },
      ),
    );
  };
  /** Counted by its source, and nothing else to do. */
  const next = () => ({ kind: 'limited', path: '/.well-known/jwks.json' });

  async function expectUnharmed(how: string, report: OutageReport): Promise<void> {
    const slowest = percentile(
      report.during.map(({ ms }) => ms),
      1,
    );
    figure(`Redis ${how} for ${report.text}`);
    const all = [...report.before, ...report.during, ...report.after, ...report.probes];
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    expect(slowest).toBeLessThan(LONGEST_MS);
    expectFlat(report);
    await redis.send('FLUSHALL');
    await waitFor('counting in Redis to go on', async () => {
      await service.get('/.well-known/jwks.json');
      return (await redis.send('KEYS limit:*')) !== '*0';
    });
  }

  it(
    'delays no request when it is suspended',
    async () => {
      await launch({});
      const report = await runOutage(service, {
        seconds: SECONDS,
        rate: RATE,
        next,
        begin: () => redis.suspend(),
        end: () => redis.resume(),
      });
      await expectUnharmed('suspended', report);
    },
    DRILL_MS,
  );

  describeInOwnNetwork('behind a network that swallows packets', () => {
    let network: NetworkNamespace;
    let proxies: TcpProxy[] = [];

    beforeAll(async () => {
      network = createNetworkNamespace();
      proxies = await Promise.all(
        [new URL(redis.url), databaseUrl].map(({ port }) =>
          startTcpProxy(network.hostAddress, Number(port)),
        ),
      );
    });

    afterAll(async () => {
      await Promise.all(proxies.map((proxy) => proxy.stop()));
      network?.remove();
    });

    it(
      'delays no request',
      async () => {
        const [toRedis, toPostgres] = proxies as [TcpProxy, TcpProxy];
        const proxied = new URL(databaseUrl);
        [proxied.hostname, proxied.port] = [network.hostAddress, String(toPostgres.port)];
        const env = {
          DATABASE_URL: proxied.href,
          REDIS_URL: `redis://${network.hostAddress}:${toRedis.port}`,
          HOST: network.address,
        };
        await launch(env, network.command);
        const report = await runOutage(service, {
          seconds: SECONDS,
          rate: RATE,
          next,
          begin: () => network.blackHole(toRedis.port),
          end: () => network.heal(),
        });
        await expectUnharmed('black-holed', report);
      },
      DRILL_MS,
    );
  });
});
