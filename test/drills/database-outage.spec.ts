import { asService } from '../support/caller.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { sized } from '../support/drill-length.js';
import { figure } from '../support/figure.js';
import { collectingGarbage } from '../support/growth.js';
import { describeBehindPgbouncer, describeInOwnNetwork } from '../support/installed.js';
import { createNetworkNamespace, type NetworkNamespace } from '../support/network-namespace.js';
import type { LoadRequest } from '../support/open-loop.js';
import { expectFlat, type OutageReport, runOutage } from '../support/outage-drill.js';
import { type PgBouncer, startPgBouncer } from '../support/pgbouncer.js';
import { startTestPostgres, TEMPLATE, type TestPostgres } from '../support/postgres.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const SECONDS = sized(6, 20);
const RATE = sized(60, 100);
const STATEMENT_TIMEOUT_MS = sized(1000, 5000);
/** Waiting for a connection, then for an answer on it; and what a busy machine adds. */
const LONGEST_MS = 3000 + STATEMENT_TIMEOUT_MS + 1000 + 1500;
/** The quick drill runs beside other suites: it shows that the service recovers, the long one how soon. */
const RECOVERY_MS = sized(10_000, 2000);
const DRILL_MS = 120_000;

describe('an outage of the database under load', () => {
  let postgres: TestPostgres;
  let url: URL;
  let service: Service;
  let userId: string;

  beforeAll(async () => {
    postgres = await startTestPostgres({ version: 'embedded', tcp: true });
    await postgres.createDatabase('users', TEMPLATE);
    url = new URL(String(postgres.tcpUrl));
    url.pathname = '/users';
  });

  afterAll(async () => {
    postgres?.resume();
    await postgres?.stop();
  });

  afterEach(async () => {
    postgres.resume();
    expect(await service.stop()).toBe(0);
  });

  async function launch(
    env: Readonly<Record<string, string>> = {},
    inside: readonly string[] = [],
  ): Promise<void> {
    service = await ready(
      await startService(
        {
          DATABASE_URL: url.href,
          EMAIL_SERVICE_URL: 'log:',
          // Has drills of its own; here it would answer for the database while requests pile up.
          ADMISSION_CONTROL: 'false',
          DATABASE_STATEMENT_TIMEOUT_MS: String(STATEMENT_TIMEOUT_MS),
          ...collectingGarbage,
          ...env,
        },
        { inside },
      ),
    );
    userId = await create();
  }

  async function create(): Promise<string> {
    const options = { method: 'POST', headers: asService, body: signUp() };
    const { status, body } = await service.request<{ id: string }>('/users', options);
    expect(status).toBe(201);
    return body.id;
  }

  /** Two reads for each write. */
  const next = (n: number): LoadRequest => ({
    path: `/users/${userId}`,
    headers: asService,
    ...(n % 4 === 1
      ? { kind: 'write', method: 'PATCH', body: { name: `Ada ${n}` } }
      : { kind: 'read' }),
  });

  function judge({ before, during, probes, ...report }: OutageReport): void {
    const well = before.filter(({ status }) => status === 200);
    expect(well.length).toBeGreaterThan(before.length * 0.9);
    expect(new Set(probes.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = during.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(during.length / 2);
    for (const { status, headers, text } of refused) {
      expect({ status, retry: headers['retry-after'] }).toEqual({ status: 503, retry: '1' });
      const { code } = JSON.parse(text) as { code: string };
      // Beside so many who wait, before the outage is known, there may be no room for a list of users.
      expect(['dependency.unavailable', 'service.overloaded']).toContain(code);
    }
    expect(report.slowest).toBeLessThan(LONGEST_MS);
    // After the outage is detected, no request waits.
    expect(report.laterMedian).toBeLessThan(500);
    expectFlat(report);
    expect(report.readyAfter).toBeLessThan(RECOVERY_MS);
    expect(report.normalAfter).toBeLessThan(RECOVERY_MS);
  }

  async function expectJobsToBeDone(): Promise<void> {
    const since = performance.now();
    await create();
    await waitFor('the mail of a new user', () =>
      service.logs.some(({ message }, index) => index > mark && /mail/i.test(message)),
    );
    figure(
      `first job after the outage done ${Math.round(performance.now() - since)} ms after it was sent`,
    );
  }
  let mark = 0;

  it.each([
    ['killed', () => postgres.kill(), () => postgres.restart()],
    ['suspended', () => postgres.suspend(), () => postgres.resume()],
  ] as const)(
    'is soon over after it ends: server %s',
    async (how, begin, end) => {
      await launch();
      const report = await runOutage(service, { seconds: SECONDS, rate: RATE, next, begin, end });
      figure(`PostgreSQL ${how} for ${report.text}`);
      judge(report);
      mark = service.logs.length;
      await expectJobsToBeDone();
    },
    DRILL_MS,
  );

  describeBehindPgbouncer('behind PgBouncer', () => {
    let pgbouncer: PgBouncer;

    beforeAll(async () => {
      pgbouncer = await startPgBouncer(url.href, 10);
    });

    afterAll(() => pgbouncer?.stop());

    it(
      'recovers soon after its end: pooler paused',
      async () => {
        await launch({
          DATABASE_URL: pgbouncer.url,
          DATABASE_DIRECT_URL: url.href,
          DATABASE_PREPARED_STATEMENTS: 'false',
        });
        const report = await runOutage(service, {
          seconds: SECONDS,
          rate: RATE,
          next,
          begin: () => pgbouncer.pause(),
          end: () => pgbouncer.resume(),
        });
        figure(`PgBouncer paused for ${report.text}`);
        judge(report);
        mark = service.logs.length;
        await expectJobsToBeDone();
      },
      DRILL_MS,
    );
  });

  describeInOwnNetwork('behind a network that swallows packets', () => {
    let network: NetworkNamespace;
    let proxy: TcpProxy;

    beforeAll(async () => {
      network = createNetworkNamespace();
      proxy = await startTcpProxy(network.hostAddress, Number(url.port));
    });

    afterAll(async () => {
      await proxy?.stop();
      network?.remove();
    });

    it(
      'recovers soon after its end',
      async () => {
        const proxied = new URL(url);
        proxied.hostname = network.hostAddress;
        proxied.port = String(proxy.port);
        await launch({ DATABASE_URL: proxied.href, HOST: network.address }, network.command);
        const report = await runOutage(service, {
          seconds: SECONDS,
          rate: RATE,
          next,
          begin: () => network.blackHole(proxy.port),
          end: () => network.heal(),
        });
        figure(`PostgreSQL black-holed for ${report.text}`);
        judge(report);
        mark = service.logs.length;
        await expectJobsToBeDone();
      },
      DRILL_MS,
    );
  });
});
