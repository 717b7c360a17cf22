import { setTimeout as delay } from 'node:timers/promises';

import { sized } from '../support/drill-length.js';
import { execute } from '../support/execute.js';
import { figure } from '../support/figure.js';
import { asService } from '../support/caller.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { type LoadRequest, percentile, startOpenLoop, tally } from '../support/open-loop.js';
import { STANDBY, startTestPostgres, TEMPLATE, type TestPostgres } from '../support/postgres.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const SECONDS = sized(6, 30);
const RATE = sized(60, 100);
const STATEMENT_TIMEOUT_MS = sized(1000, 5000);
const POOL = 10;
/** LISTEN, readiness, and looking whether the database answers at all. */
const BESIDE_THE_POOL = 3;
const SAMPLE_MS = 250;
/** Reads have connections of their own; what a busy machine adds. */
const READ_MS = 1500;
const DRILL_MS = 120_000;

/** Every commit waits for the standby, and none of the server's time limits ends that wait. */
describe('a synchronous standby that is lost under load', () => {
  let primary: TestPostgres;
  let standby: TestPostgres;
  let url: string;
  let service: Service;
  let userId: string;

  beforeAll(async () => {
    primary = await startTestPostgres({ version: 'embedded', tcp: true, keepsCommits: true });
    url = await primary.createDatabase('users', TEMPLATE);
    standby = await startTestPostgres({
      version: 'embedded',
      keepsCommits: true,
      standbyOf: primary,
    });
    await execute(url, `ALTER SYSTEM SET synchronous_standby_names = '${STANDBY}'`);
    await execute(url, 'SELECT pg_reload_conf()');
    await synchronous();
    service = await ready(
      await startService({
        DATABASE_URL: url,
        DATABASE_POOL_SIZE: String(POOL),
        DATABASE_MAX_OVERFLOW: '0',
        DATABASE_STATEMENT_TIMEOUT_MS: String(STATEMENT_TIMEOUT_MS),
        EMAIL_SERVICE_URL: 'log:',
        // Has drills of its own; here it would refuse requests of any kind while sign-ups pile up.
        ADMISSION_CONTROL: 'false',
      }),
    );
    const { status, body } = await create();
    expect(status).toBe(201);
    userId = body.id;
  }, DRILL_MS);

  afterAll(async () => {
    await service?.stop();
    await standby?.stop();
    await primary?.stop();
  });

  const create = (body: object = signUp(), headers: Readonly<Record<string, string>> = {}) =>
    service.as('service').post<{ id: string }>('/users', body, headers);

  const synchronous = () =>
    waitFor('the standby to follow', async () => {
      const [{ count } = { count: 0 }] = await execute<{ count: number }>(
        url,
        `SELECT count(*)::int FROM pg_stat_replication WHERE sync_state = 'sync'`,
      );
      return count === 1;
    });

  async function backends(): Promise<number> {
    const [{ count } = { count: 0 }] = await execute<{ count: number }>(
      url,
      `SELECT count(*)::int FROM pg_stat_activity WHERE application_name LIKE 'user-api%'`,
    );
    return count;
  }

  /** Three reads for each sign-up. */
  const next = (n: number): LoadRequest =>
    n % 4 === 1
      ? { kind: 'write', method: 'POST', path: '/users', headers: asService, body: signUp() }
      : { kind: 'read', path: `/users/${userId}`, headers: asService };

  it(
    'stays within the connection limit, serves reads, confirms nothing, and recovers',
    async () => {
      const known = signUp();
      const key = { 'idempotency-key': 'the same' };
      standby.kill();
      await waitFor('the standby to be missed', async () => {
        const [row] = await execute(url, 'SELECT 1 FROM pg_stat_replication');
        return row === undefined;
      });
      const keyed = create(known, key);
      const load = startOpenLoop(service.url, { rate: RATE, next });
      const counts: number[] = [];
      for (const end = performance.now() + SECONDS * 1000; performance.now() < end;) {
        counts.push(await backends());
        await delay(SAMPLE_MS);
      }
      const all = await load.stop();
      counts.push(await backends());
      const of = (kind: string) => all.filter(({ request }) => request.kind === kind);
      const slowestRead = percentile(
        of('read').map(({ ms }) => ms),
        1,
      );
      const readiness = await service.get('/ready');
      const most = Math.max(...counts);
      figure(
        `synchronous standby lost for ${SECONDS} s: at most ${most} connections, reads ${tally(of('read'))}, ` +
          `slowest ${Math.round(slowestRead)} ms, sign-ups ${tally(of('write'))}, /ready ${readiness.status}`,
      );

      await standby.restart();
      await synchronous();
      const back = performance.now();
      await waitFor('a sign-up to be confirmed', async () => (await create()).status === 201);
      figure(
        `first sign-up confirmed ${Math.round(performance.now() - back)} ms after the standby was back`,
      );

      expect(most).toBeLessThanOrEqual(POOL + BESIDE_THE_POOL);
      expect(new Set(of('read').map(({ status }) => status))).toEqual(new Set([200]));
      expect(slowestRead).toBeLessThan(READ_MS);
      expect(new Set(of('write').map(({ status }) => status))).toEqual(new Set([503]));
      expect((await keyed).status).toBe(503);
      // It was committed or not; with the key it runs exactly once.
      const again = await waitFor('the key to be free', async () => {
        const answer = await create(known, key);
        return answer.status === 201 && answer;
      });
      expect((await create(known, key)).body).toEqual(again.body);
      expect((await create(known)).status).toBe(409);
    },
    DRILL_MS,
  );
});
