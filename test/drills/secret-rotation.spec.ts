import { createUser, login, type Tokens } from '../support/accounts.js';
import type { Service } from '../support/service.js';
import { testApi } from '../support/test-api.js';
import { figure } from '../support/figure.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const OLD = 'old-secret-of-more-than-thirty-two-bytes';
const NEW = 'new-secret-of-more-than-thirty-two-bytes';
const CLIENTS = 6;
/** Requests with one access token; then the client asks for the next, as if it had run out. */
const REQUESTS_PER_TOKEN = 25;

describe('rotating JWT_SECRET on two replicas under load', () => {
  let database: TestDatabase;
  let replicas: Service[] = [];
  const load = { on: true };
  let clients: Promise<void>[] = [];
  let answered = 0;
  const refusals: string[] = [];
  /** How many tokens each client has had. */
  const generations: number[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    replicas = await Promise.all([start(OLD), start(OLD)]);
  });

  afterAll(async () => {
    load.on = false;
    await Promise.allSettled(clients);
    await Promise.all(replicas.map((service) => service.stop()));
    await database.drop();
  });

  it('refuses no request while the secrets change from `old` over `old,new` and `new,old` to `new`', async () => {
    clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
    await everyTokenIsNew();
    for (const secrets of [`${OLD},${NEW}`, `${NEW},${OLD}`, NEW]) {
      for (const index of [0, 1]) await replace(index, secrets);
      // The wait that the runbook asks for: what was signed before has run out.
      await everyTokenIsNew();
    }
    load.on = false;
    await Promise.all(clients);

    expect(refusals).toEqual([]);
    figure(
      `JWT_SECRET rotated in 3 steps on 2 replicas under ${CLIENTS} clients: ${answered} answers, none refused`,
    );
  }, 180_000);

  it('refuses tokens of the removed secret', async () => {
    const stale = await start(OLD);
    const { email } = await createUser(stale);
    const tokens = await login(stale, email);
    await stale.stop();
    const answer = await replicas[0]?.as(tokens.body.access_token).get('/users/me');
    expect(answer?.status).toBe(401);
  });

  /** As a rolling update does it: the next is ready before the last is told to end. */
  async function replace(index: number, secrets: string): Promise<void> {
    const next = await start(secrets);
    const [last] = replicas.splice(index, 1, next);
    expect(await last?.stop()).toBe(0);
  }

  function start(secrets: string): Promise<Service> {
    return testApi()
      .on(database)
      .withoutJobs()
      .with({
        JWT_SECRET: secrets,
        // Answers of requests that were on their way when the replica was taken out.
        SHUTDOWN_DELAY_SECONDS: '1',
      })
      .start();
  }

  /** Signs in once, and then uses and renews its session on whichever replica is next. */
  async function client(number: number): Promise<void> {
    const { email } = await createUser(replica(number));
    let tokens: Tokens = (await login(replica(number), email)).body;
    generations[number] = 0;
    for (let count = 1; load.on; count += 1) {
      const renew = count % REQUESTS_PER_TOKEN === 0;
      const answer = await (
        renew
          ? replica(count).post<Tokens>('/auth/refresh', { refresh_token: tokens.refresh_token })
          : replica(count).as(tokens.access_token).get('/users/me')
      ).catch((error: unknown) => ({ status: 0, text: String(error), body: tokens }));
      answered += 1;
      if (answer.status !== 200) refusals.push(`${answer.status} ${answer.text}`);
      else if (renew) {
        tokens = answer.body as Tokens;
        generations[number] = (generations[number] ?? 0) + 1;
      }
    }
  }

  function replica(count: number): Service {
    const chosen = replicas[count % replicas.length];
    if (!chosen) throw new Error('no replica');
    return chosen;
  }

  async function everyTokenIsNew(): Promise<void> {
    const before = Array.from({ length: CLIENTS }, (_, number) => generations[number] ?? 0);
    await waitFor(
      'a new token for every client',
      () => before.every((generation, number) => (generations[number] ?? 0) > generation + 1),
      30_000,
    );
  }
});
