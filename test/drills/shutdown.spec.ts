import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Client } from 'pg';

import { figure } from '../support/figure.js';
import { type Service, startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const CLIENTS = 16;

describe('a process that receives SIGTERM', () => {
  let database: TestDatabase;
  let service: Service;
  let cleanUp: (() => Promise<unknown>)[];

  beforeEach(async () => {
    database = await createTestDatabase();
    cleanUp = [() => database.drop()];
  });

  afterEach(async () => {
    for (const step of cleanUp.toReversed()) await step();
  });

  it('answers every request in flight and exits 0', async () => {
    await launch();
    const release = await holdUsers();
    const requests = Array.from({ length: CLIENTS }, (_, number) =>
      create(`flight-${number}@example.com`),
    );
    await waitForWaiting(CLIENTS);
    const ended = terminate();
    await logged('shutting down');
    await release();

    const answers = await Promise.all(requests);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: CLIENTS }, () => 201));
    expect(await ended).toBe(0);
    expect(await storedUsers()).toBe(CLIENTS);
    figure(`SIGTERM with ${CLIENTS} requests in flight: ${CLIENTS} answered 201, exit 0`);
  });

  it('commits nothing unconfirmed under load, and keeps serving while it drains', async () => {
    await launch({ SHUTDOWN_DELAY_SECONDS: '1' });
    let confirmed = 0;
    let confirmedWhileDraining = 0;
    let draining = false;
    const client = async (number: number) => {
      for (let count = 0; ; count += 1) {
        const answer = await create(`load-${number}-${count}@example.com`).catch(() => undefined);
        if (answer === undefined) return;
        expect(answer.status).toBe(201);
        confirmed += 1;
        if (draining) confirmedWhileDraining += 1;
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
    await waitFor('load', () => confirmed > 200);
    const ended = terminate();
    await logged('shutting down');
    draining = true;
    const ready = await service.get('/ready');
    const health = await service.get('/health');
    await Promise.all(clients);

    expect(await ended).toBe(0);
    expect(ready).toMatchObject({ status: 503, body: { status: 'not_ready' } });
    expect(health.status).toBe(200);
    expect(confirmedWhileDraining).toBeGreaterThan(0);
    expect(await storedUsers()).toBe(confirmed);
    figure(
      `SIGTERM under load of ${CLIENTS} clients: ${confirmed} confirmed = stored, ` +
        `${confirmedWhileDraining} of them while draining, exit 0`,
    );
  });

  it('ends at once on a second signal', async () => {
    await launch();
    await holdUsers();
    const request = create('held@example.com').catch(() => 'cut');
    await waitForWaiting(1);
    const ended = terminate();
    await logged('shutting down');
    const signalled = performance.now();
    // The same key press may arrive twice, so that an echo of the first one does not count.
    await waitFor('the end', () => !service.process.kill('SIGTERM'));
    expect(await ended).toBe(1);
    const took = Math.round(performance.now() - signalled);
    expect(took).toBeLessThan(2000);
    expect(await request).toBe('cut');
    figure(`second SIGTERM: gone after ${took} ms, exit 1`);
  });

  it('logs the requests that it aborts', async () => {
    await launch({ SHUTDOWN_TIMEOUT_SECONDS: '1', DATABASE_STATEMENT_TIMEOUT_MS: '20000' });
    await holdUsers();
    const requests = [1, 2].map((number) =>
      create(`held-${number}@example.com`).catch(() => 'cut'),
    );
    await waitForWaiting(2);
    expect(await terminate()).toBe(1);
    expect(service.logs.at(-1)).toMatchObject({ work: 'POST /users (2)' });
    expect(await Promise.all(requests)).toEqual(['cut', 'cut']);
  });

  it('exits 1 after the deadline and leaves the job to the next process', async () => {
    const mail = await startHoldingMailService();
    await launch({ EMAIL_SERVICE_URL: mail.url, SHUTDOWN_TIMEOUT_SECONDS: '1' });
    expect((await create('late@example.com')).status).toBe(201);
    await waitFor('the delivery', () => mail.held.length === 1);
    expect(await terminate()).toBe(1);
    expect(service.logs.at(-1)).toMatchObject({
      level: 'ERROR',
      message: 'shutdown deadline passed, giving up work in hand',
      work: 'job email',
    });
    mail.release();
    service = await startService({ DATABASE_URL: database.url, EMAIL_SERVICE_URL: mail.url });
    await waitFor('the delivery by the next process', () => mail.held.length === 2, 25_000);
    expect(new Set(mail.held).size).toBe(1);
    expect(await service.stop()).toBe(0);
  });

  it.each(['main', 'worker'] as const)(
    'finishes the jobs in hand and exits 0: %s',
    async (entry) => {
      const mail = await startHoldingMailService();
      await launch({ JOBS_IN_API: String(entry === 'main'), EMAIL_SERVICE_URL: mail.url });
      for (const name of ['ada', 'grace'])
        expect((await create(`${name}@example.com`)).status).toBe(201);
      if (entry === 'worker') {
        await service.stop();
        await launch({ EMAIL_SERVICE_URL: mail.url }, 'worker');
      }
      await waitFor('the deliveries', () => mail.held.length === 2);
      const ended = terminate();
      await logged('shutting down');
      mail.release();
      expect(await ended).toBe(0);
      const jobs = await database.query<{ state: string }>(
        `SELECT state FROM pgboss.job WHERE name = 'email'`,
      );
      expect(jobs.map(({ state }) => state)).toEqual(['completed', 'completed']);
      expect(mail.held).toHaveLength(2);
      figure(`SIGTERM to ${entry} with 2 mails in hand: each delivered once, completed, exit 0`);
    },
  );

  async function launch(
    env: Readonly<Record<string, string>> = {},
    entry: 'main' | 'worker' = 'main',
  ): Promise<void> {
    const launched = await startService({ DATABASE_URL: database.url, ...env }, { entry });
    service = launched;
    cleanUp.push(async () => {
      if (launched.process.exitCode === null && launched.process.signalCode === null)
        await launched.kill();
    });
    await waitFor('readiness', async () => (await service.get('/ready')).status === 200);
  }

  function create(email: string) {
    return service.post('/users', { email, name: 'Ada' });
  }

  async function terminate(): Promise<number | null> {
    return service.stop();
  }

  async function logged(message: string): Promise<void> {
    await waitFor(message, () => service.logs.some((line) => line.message === message));
  }

  async function storedUsers(): Promise<number> {
    const [row] = await database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM users',
    );
    return row?.count ?? 0;
  }

  /** Blocks all inserts of users. @returns a function that releases them. */
  async function holdUsers(): Promise<() => Promise<void>> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    // Reads, such as the check whether an address is taken, pass.
    await client.query('BEGIN; LOCK TABLE users IN EXCLUSIVE MODE');
    const release = () => client.end();
    cleanUp.push(() => release().catch(() => undefined));
    return release;
  }

  /** Until so many requests are in hand, and statements of theirs wait; sign-ups share those. */
  async function waitForWaiting(count: number): Promise<void> {
    await waitFor(`${count} waiting requests`, async () => {
      const [row] = await database.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      const { text } = await service.get('/metrics');
      const inFlight = Number(/^active_connections (\d+)$/m.exec(text)?.[1]);
      // One is the question itself.
      return row?.waiting !== 0 && inFlight === count + 1;
    });
  }

  /** A mail service that answers only after a release. */
  async function startHoldingMailService() {
    const held: string[] = [];
    const waiting: (() => void)[] = [];
    let open = false;
    const server = createServer((request, response) => {
      request.resume();
      const answer = () => response.writeHead(202).end();
      if (request.method === 'POST') {
        held.push(String(request.headers['idempotency-key']));
        if (open) answer();
        else waiting.push(answer);
      } else answer();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanUp.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      held,
      release: () => {
        open = true;
        for (const answer of waiting.splice(0)) answer();
      },
    };
  }
});
