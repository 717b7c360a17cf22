import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { sized } from '../support/drill-length.js';
import { execute } from '../support/execute.js';
import { figure } from '../support/figure.js';
import { asService } from '../support/caller.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { STANDBY, startTestPostgres, TEMPLATE, type TestPostgres } from '../support/postgres.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const CLIENTS = 8;
/** Users to be confirmed before the primary dies, and again after the standby took over. */
const USERS = sized(100, 1000);
const USERS_MS = sized(30_000, 60_000);
const THINKING_MS = 10;
/** A standby streams what is committed at once; what a busy machine adds. */
const LOSS_WINDOW_MS = 2000;
/** The quick drill runs beside other suites: it shows that the service recovers, the long one how soon. */
const RECOVERY_MS = sized(15_000, 5000);
const DRILL_MS = 240_000;

interface Confirmed {
  readonly id: string;
  readonly at: number;
}

describe('a failover to a promoted standby', () => {
  let primary: TestPostgres;
  let standby: TestPostgres;
  let proxy: TcpProxy;
  let service: Service;
  let stop: () => Promise<void> = async () => undefined;

  afterEach(async () => {
    await stop();
    await service?.stop();
    await proxy?.stop();
    await standby?.stop();
    await primary?.stop();
  });

  const portOf = ({ tcpUrl }: TestPostgres) => Number(new URL(String(tcpUrl)).port);

  async function launch(state: 'sync' | 'async'): Promise<void> {
    const options = { version: 'embedded', tcp: true, keepsCommits: true } as const;
    primary = await startTestPostgres(options);
    await primary.createDatabase('users', TEMPLATE);
    standby = await startTestPostgres({ ...options, standbyOf: primary });
    if (state === 'sync') {
      await execute(primary.adminUrl, `ALTER SYSTEM SET synchronous_standby_names = '${STANDBY}'`);
      await execute(primary.adminUrl, 'SELECT pg_reload_conf()');
    }
    await waitFor('the standby to follow', async () => {
      const [row] = await execute<{ sync_state: string }>(
        primary.adminUrl,
        `SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'`,
      );
      return row?.sync_state === state;
    });
    proxy = await startTcpProxy('127.0.0.1', portOf(primary));
    const url = new URL(String(primary.tcpUrl));
    url.port = String(proxy.port);
    url.pathname = '/users';
    service = await ready(
      await startService({ DATABASE_URL: url.href, EMAIL_SERVICE_URL: 'log:' }),
    );
  }

  /** Clients that sign users up, each again with its key until it is confirmed. */
  function signUps() {
    const confirmed: Confirmed[] = [];
    const statuses = new Map<number, number>();
    const end = new AbortController();
    const confirm = async () => {
      const request = {
        method: 'POST',
        headers: { ...asService, 'idempotency-key': randomUUID() },
        body: signUp(),
      };
      while (!end.signal.aborted) {
        const { status, body } = await service.request<{ id: string }>('/users', request);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        await delay(THINKING_MS);
        if (status !== 201) continue;
        confirmed.push({ id: body.id, at: performance.now() });
        return;
      }
    };
    const client = async () => {
      while (!end.signal.aborted) await confirm();
    };
    const clients = Promise.all(Array.from({ length: CLIENTS }, client));
    stop = async () => {
      end.abort();
      await clients;
    };
    return { confirmed, statuses };
  }

  it.each([
    ['loses no user that was confirmed: synchronous', 'sync', 0],
    ['loses only what was confirmed a moment before: asynchronous', 'async', Infinity],
  ] as const)(
    '%s',
    async (_title, state, mostLost) => {
      await launch(state);
      const { confirmed, statuses } = signUps();
      await waitFor('sign-ups', () => confirmed.length >= USERS, USERS_MS);

      primary.kill();
      const killed = performance.now();
      // Wherever it leads now, it is not a primary yet: writes are refused as read-only.
      proxy.retarget(portOf(standby));
      await waitFor('the loss to be noticed', () => statuses.has(503));
      await standby.promote();
      const promoted = performance.now();
      const before = confirmed.length;
      const recovered = await waitFor(
        'sign-ups after the failover',
        () => confirmed.find(({ at }) => at > promoted),
        RECOVERY_MS,
      );
      await waitFor('more of them', () => confirmed.length >= before + USERS, USERS_MS);
      await stop();

      const url = new URL(standby.adminUrl);
      url.pathname = '/users';
      const stored = new Set(
        (await execute<{ id: string }>(url.href, 'SELECT id FROM users')).map(({ id }) => id),
      );
      const lost = confirmed.filter(({ id }) => !stored.has(id));
      const times = lost.map(({ at }) => at);
      const lossWindow = Math.max(killed, ...times) - Math.min(killed, ...times);
      figure(
        `failover (${state}): ${confirmed.length} users confirmed, ${lost.length} of them lost, loss window ` +
          `${Math.round(lossWindow)} ms; first sign-up ${Math.round(recovered.at - promoted)} ms after the promotion; ` +
          `statuses ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(', ')}`,
      );
      expect(lost.length).toBeLessThanOrEqual(mostLost);
      expect(lossWindow).toBeLessThan(LOSS_WINDOW_MS);
      // In flight: another replica of the service, or a try before it, still holds the key.
      for (const status of statuses.keys()) expect([201, 409, 503]).toContain(status);
    },
    DRILL_MS,
  );
});
