import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { PASSWORD } from '../support/accounts.js';
import { asService } from '../support/caller.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { sized } from '../support/drill-length.js';
import { execute } from '../support/execute.js';
import { figure } from '../support/figure.js';
import { describeOnSmallDisk } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type LoadRequest, type Outcome, startOpenLoop, tally } from '../support/open-loop.js';
import { startTestPostgres, TEMPLATE, type TestPostgres } from '../support/postgres.js';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const SECONDS = sized(4, 30);
const RATE = sized(40, 80);
const DISK_MIB = 256;
/** Passwords take a processor tens of milliseconds each. */
const SIGN_IN_EVERY = 30;
const REFILL_MS = 50;
/** So many are confirmed before the disk is full. */
const CONFIRMED = 5;
const DRILL_MS = 180_000;

describeOnSmallDisk('a disk of the database that is full, under load', () => {
  let disk: SmallDisk;
  let postgres: TestPostgres;
  let mail: MailService;
  let url: string;
  let service: Service;
  let userId: string;

  const known = signUp({ password: PASSWORD });
  const confirmed = new Map<string, string>();

  beforeAll(async () => {
    disk = mountSmallDisk(DISK_MIB);
    [postgres, mail] = await Promise.all([
      startTestPostgres({ version: 'embedded', keepsCommits: true, dataFolder: disk.path }),
      startMailService(),
    ]);
    url = await postgres.createDatabase('users', TEMPLATE);
    service = await ready(
      await startService({
        DATABASE_URL: url,
        EMAIL_SERVICE_URL: mail.url,
        // Has drills of its own; here it would answer for the database while passwords are hashed.
        ADMISSION_CONTROL: 'false',
      }),
    );
    const { status, body } = await create(known);
    expect(status).toBe(201);
    userId = body.id;
  }, DRILL_MS);

  afterAll(async () => {
    await service?.stop();
    await postgres?.stop();
    await mail?.stop();
    disk?.remove();
  });

  afterEach(() => disk.free());

  const create = (body: object = signUp()) =>
    service.as('service').post<{ id: string }>('/users', body);

  /** All that the service does with a database, by turns. */
  const next = (n: number): LoadRequest => {
    const headers = asService;
    const user = `/users/${userId}`;
    const turns: LoadRequest[] = [
      { kind: 'read', path: user, headers },
      { kind: 'sign-up', method: 'POST', path: '/users', headers, body: signUp() },
      { kind: 'read', path: '/users?limit=5', headers },
      { kind: 'change', method: 'PATCH', path: user, headers, body: { name: `Ada ${n}` } },
      { kind: 'probe', path: '/health' },
      {
        kind: 'sign-up',
        method: 'POST',
        path: '/users',
        headers: { ...headers, 'idempotency-key': randomUUID() },
        body: signUp(),
      },
      { kind: 'read', path: user, headers },
    ];
    const signIn: LoadRequest = {
      kind: 'sign-in',
      method: 'POST',
      path: '/auth/login',
      body: { email: known.email, password: PASSWORD },
    };
    return n % SIGN_IN_EVERY === 0 ? signIn : (turns[n % turns.length] as LoadRequest);
  };

  /** Runs the load during a disturbance, and checks the common expectations. */
  async function during(work: () => Promise<void>): Promise<readonly Outcome[]> {
    const load = startOpenLoop(service.url, { rate: RATE, next });
    await waitFor(
      'sign-ups to be confirmed',
      () => load.outcomes.filter(({ status }) => status === 201).length >= CONFIRMED,
    );
    await work();
    const all = await load.stop();
    for (const { request, status, text } of all)
      if (request.kind === 'sign-up' && status === 201) {
        const { id, email } = JSON.parse(text) as { id: string; email: string };
        confirmed.set(id, email);
      }
    const odd = all.filter(({ status }) => ![200, 201, 503].includes(status ?? 0));
    expect(odd.map(({ request, status, error, text }) => [request, status, error, text])).toEqual(
      [],
    );
    const refused = all.filter(({ status }) => status === 503);
    expect(new Set(refused.map(({ headers }) => headers['retry-after']))).toEqual(new Set(['1']));
    expect(statuses(all, 'probe')).toEqual([200]);
    return all;
  }

  /** Logged once, without a stack for each request. */
  function expectFewLines(): void {
    const said = service.logs.filter(
      ({ logger, state }) => logger === 'outages' && state === 'down',
    );
    expect(new Set(said.map(({ message }) => message))).toEqual(new Set(['database unavailable']));
    expect(said).toHaveLength(1);
    expect(service.logs.filter(({ level }) => level === 'ERROR')).toEqual([]);
  }

  async function heals(since: number): Promise<void> {
    await ready(service);
    await waitFor('a sign-up to be confirmed', async () => (await create()).status === 201);
    figure(`first sign-up confirmed ${Math.round(performance.now() - since)} ms after the end`);
    for (const [id, email] of confirmed)
      expect((await service.as('service').get(`/users/${id}`)).body).toMatchObject({
        email,
      });
    await waitFor(
      'the mails of all who were confirmed',
      () => {
        const reached = new Set(mail.deliveries.map(({ body }) => body.to));
        return [...confirmed.values()].every((email) => reached.has(email));
      },
      60_000,
    );
  }

  it(
    'refuses writes, serves reads, and recovers once there is space',
    async () => {
      const all = await during(async () => {
        disk.fill();
        await waitFor('a sign-up to be refused', async () => (await create()).status === 503);
        for (const end = performance.now() + SECONDS * 1000; performance.now() < end;) {
          disk.fill();
          await delay(REFILL_MS);
        }
      });
      figure(`disk full for ${SECONDS} s: ${byKind(all)}`);
      expect(statuses(all, 'read')).toEqual([200]);
      expect(statuses(all, 'sign-up')).toContain(503);
      expectFewLines();
      disk.free();
      await heals(performance.now());
    },
    DRILL_MS,
  );

  it(
    'is down while the server has no space for its log, and recovers after its restart',
    async () => {
      const all = await during(async () => {
        disk.fill();
        // Each switch asks for one more file of the log; the server cannot go on without.
        await waitFor('the server to give up', async () => {
          disk.fill();
          return execute(url, 'SELECT pg_switch_wal()').then(
            () => false,
            () => true,
          );
        });
        await delay(SECONDS * 1000);
      });
      figure(`no room for the log for ${SECONDS} s: ${byKind(all)}`);
      expect(statuses(all, 'read')).toContain(503);
      disk.free();
      await postgres.restart();
      await heals(performance.now());
    },
    DRILL_MS,
  );
});

function statuses(outcomes: readonly Outcome[], kind: string): (number | undefined)[] {
  const found = outcomes.filter(({ request }) => request.kind === kind);
  return [...new Set(found.map(({ status }) => status))];
}

function byKind(outcomes: readonly Outcome[]): string {
  const kinds = Map.groupBy(outcomes, ({ request }) => request.kind);
  return [...kinds].map(([kind, found]) => `${kind} ${tally(found)}`).join('; ');
}
