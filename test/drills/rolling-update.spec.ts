import { randomBytes } from 'node:crypto';

import { createUser } from '../support/accounts.js';
import { asService } from '../support/caller.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { sized } from '../support/drill-length.js';
import { figure } from '../support/figure.js';
import { freePort } from '../support/free-port.js';
import { type Haproxy, startHaproxy } from '../support/haproxy.js';
import { describeBehindHaproxy } from '../support/installed.js';
import {
  type LoadRequest,
  type OpenLoop,
  type Outcome,
  percentile,
  startOpenLoop,
  tally,
} from '../support/open-loop.js';
import { type SpanCollector, startSpanCollector } from '../support/span-collector.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const RESTARTS = sized(2, 10);
const RATE = sized(60, 300);
const USERS = 40;
/** A slow client's body follows its head after this time. */
const SLOW_MS = 250;
/** Under this load a replica starts slowly. */
const PATIENCE_MS = 60_000;
const DRILL_MS = sized(180_000, 600_000);

describeBehindHaproxy('a rolling update under load', () => {
  let database: TestDatabase;
  let collector: SpanCollector;
  let haproxy: Haproxy;
  let ports: number[];
  let replicas: Service[];
  let paths: string[];

  beforeAll(async () => {
    [database, collector] = await Promise.all([createTestDatabase(), startSpanCollector()]);
    ports = [await freePort(), await freePort()];
    replicas = await Promise.all(ports.map(launch));
    haproxy = await startHaproxy(ports);
    await bothUp();
    const [first] = replicas as [Service];
    const users = await Promise.all(
      Array.from({ length: USERS }, () => createUser(first, { password: null })),
    );
    paths = users.map(({ id }) => `/users/${id}`);
  });

  afterAll(async () => {
    await Promise.all((replicas ?? []).map((replica) => replica.stop()));
    await Promise.all([haproxy?.stop(), collector?.stop(), database?.drop()]);
  });

  async function launch(port: number): Promise<Service> {
    return ready(
      await startService({
        DATABASE_URL: database.url,
        EMAIL_SERVICE_URL: 'log:',
        PORT: String(port),
        SHUTDOWN_DELAY_SECONDS: '3',
        ...collector.env,
      }),
    );
  }

  async function bothUp(): Promise<void> {
    await waitFor('both replicas', async () => (await haproxy.serversUp()) === 2, PATIENCE_MS);
  }

  /** Kept connections and single ones in turn; half of the requests slow, which are writes. */
  function startLoad(): OpenLoop {
    return startOpenLoop(haproxy.url, {
      rate: RATE,
      next: (n): LoadRequest => ({
        path: paths[n % USERS] ?? '',
        headers: {
          ...asService,
          traceparent: `00-${traceId()}-${randomBytes(8).toString('hex')}-01`,
        },
        keepAlive: n % 4 < 2,
        ...(n % 2 === 0
          ? { kind: 'fast' }
          : {
              kind: 'slow',
              method: 'PATCH',
              body: { name: `Ada ${n}` },
              bodyAfterMs: SLOW_MS,
            }),
      }),
    });
  }

  /** Replaces the replicas one after the other, so many times. @returns the exit codes. */
  async function roll(times: number, end: (replica: Service) => Promise<unknown>) {
    const ends: unknown[] = [];
    for (let time = 0; time < times; time += 1) {
      const index = time % replicas.length;
      ends.push(await end(replicas[index] as Service));
      replicas[index] = await launch(ports[index] as number);
      await bothUp();
    }
    return ends;
  }

  it(
    'fails no request and loses no span',
    async () => {
      const load = startLoad();
      await waitFor('load', () => load.outcomes.length > RATE);
      const ends = await roll(RESTARTS, (replica) => replica.stop());
      const outcomes = await load.stop();
      // What the replicas still hold is sent when they end.
      ends.push(...(await Promise.all(replicas.map((replica) => replica.stop()))));
      replicas = await Promise.all(ports.map(launch));
      const lost = outcomes.filter((outcome) => !collector.traces.has(traceOf(outcome)));
      figure(
        `${RESTARTS} restarts behind HAProxy at ${RATE} requests/s: ${outcomes.length} requests, ` +
          `${tally(outcomes)}; ${lost.length} without span; fast ${latencies(outcomes, 'fast')}, ` +
          `slow ${latencies(outcomes, 'slow')}; exits ${ends.join(' ')}`,
      );
      expect(outcomes.filter(({ status }) => status !== 200).map(describeFailure)).toEqual([]);
      expect(lost).toEqual([]);
      expect(new Set(ends)).toEqual(new Set([0]));
    },
    DRILL_MS,
  );

  it(
    'detects failures: the same harness counts them with SIGKILL',
    async () => {
      await bothUp();
      const load = startLoad();
      await waitFor('load', () => load.outcomes.length > RATE);
      await roll(2, (replica) => replica.kill());
      const outcomes = await load.stop();
      figure(`2 kills behind HAProxy at ${RATE} requests/s: ${tally(outcomes)}`);
      expect(outcomes.filter(({ status }) => status !== 200).length).toBeGreaterThan(0);
    },
    DRILL_MS,
  );
});

function traceId(): string {
  return randomBytes(16).toString('hex');
}

function traceOf({ request }: Outcome): string {
  return request.headers?.['traceparent']?.split('-')[1] ?? '';
}

function latencies(outcomes: readonly Outcome[], kind: string): string {
  const times = outcomes.filter(({ request }) => request.kind === kind).map(({ ms }) => ms);
  return `p50 ${Math.round(percentile(times, 0.5))} p99 ${Math.round(percentile(times, 0.99))} ms`;
}

function describeFailure({ request, at, status, error, text }: Outcome) {
  return { kind: request.kind, keepAlive: request.keepAlive, at, status, error, text };
}
