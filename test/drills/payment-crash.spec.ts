import { setTimeout as delay } from 'node:timers/promises';

import { Phoenix } from '../support/crash-drill.js';
import { figure } from '../support/figure.js';
import { startService } from '../support/service.js';
import {
  type Ask,
  type Conduct,
  paid,
  type PaymentServer,
  startPaymentServer,
} from '../support/payment-service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { insertUsers } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const USERS = 40;
const CLIENTS = 8;
/** Charges after which the process is killed before it learns of them. */
const CRASHES = [5, 15, 25] as const;
/** The expected log lines after success. */
const FLAWLESS = {
  crashes: CRASHES.length,
  otherAnswers: [],
  chargedTwice: [],
  tierWithoutCharge: [],
  withoutTier: [],
};
/** A killed process's jobs are given to another one when their heartbeat (10 s) runs out. */
const DECIDED_MS = 60_000;

describe('a process that is killed between charge and commit', () => {
  let database: TestDatabase;
  let payment: PaymentServer;
  let phoenixes: Phoenix[];

  beforeEach(async () => {
    database = await createTestDatabase();
    payment = await startPaymentServer();
    phoenixes = [];
  });

  afterEach(async () => {
    for (const phoenix of phoenixes) await (await phoenix.service()).kill();
    await payment.close();
    await database.drop();
  });

  it('neither charges twice nor loses a paid tier, as the API', async () => {
    const api = launch('main');
    const crashes = crashAtCharges(api, () => true);
    expect(await judge('API', api, api, crashes)).toEqual(FLAWLESS);
  }, 120_000);

  it('neither charges twice nor loses a paid tier, as the worker that asks again', async () => {
    const api = launch('main', { JOBS_IN_API: 'false' });
    const worker = launch('worker');
    // The API never learns anything: every change is left to the worker.
    const crashes = crashAtCharges(worker, ({ userId }) => payment.asksOf(userId).length > 1);
    expect(await judge('worker', api, worker, crashes)).toEqual(FLAWLESS);
  }, 120_000);

  function launch(entry: 'main' | 'worker', env: Readonly<Record<string, string>> = {}): Phoenix {
    const phoenix = new Phoenix(() =>
      startService(
        {
          DATABASE_URL: database.url,
          EMAIL_SERVICE_URL: 'log:',
          PAYMENT_SERVICE_URL: payment.url,
          ...env,
        },
        { entry },
      ),
    );
    phoenixes.push(phoenix);
    return phoenix;
  }

  /** @param learns whether the asker is to be told; others are not, charged or not. */
  function crashAtCharges(victim: Phoenix, learns: (ask: Ask) => boolean): Promise<unknown>[] {
    const due: number[] = [...CRASHES];
    const crashes: Promise<unknown>[] = [];
    let told = 0;
    payment.behave((ask): Conduct => {
      if (!learns(ask)) return { charges: payment.asks.length % 2 === 0, answer: 409 };
      told += 1;
      if (due[0] === undefined || told < due[0]) return paid;
      due.shift();
      crashes.push(victim.crash());
      return { charges: true, answer: 'hang' };
    });
    return crashes;
  }

  async function judge(
    what: string,
    api: Phoenix,
    victim: Phoenix,
    crashes: Promise<unknown>[],
  ): Promise<Record<keyof typeof FLAWLESS, unknown>> {
    await Promise.all([api.service(), victim.service()]);
    const users = await insertUsers(
      database,
      Array.from({ length: USERS }, () => ({})),
    );
    const started = Date.now();
    const statuses = await upgradeAll(api, users);
    await waitFor(
      'all changes to be decided',
      async () => {
        const open = await database.query(
          `SELECT 1 FROM tier_changes WHERE status = 'pending' LIMIT 1`,
        );
        return open.length === 0;
      },
      DECIDED_MS,
    );
    const decidedMs = Date.now() - started;
    await Promise.all(crashes);
    const tiers = await database.query<{ id: string; tier: string }>('SELECT id, tier FROM users');
    const asked = users.map((id) => payment.asksOf(id).length);
    const answered = (status: number) => statuses.filter((each) => each === status).length;
    figure(
      `${what} killed ${victim.crashes} times between charge and commit: ${USERS} users, ` +
        `${payment.charges.size} charges, ${payment.asks.length} asks (at most ${Math.max(...asked)} for one), ` +
        `answers ${answered(200)} × 200 and ${answered(202)} × 202, all decided after ${decidedMs} ms`,
    );
    const charged = (id: string) => payment.chargesOf(id).length;
    return {
      crashes: victim.crashes,
      otherAnswers: statuses.filter((status) => status !== 200 && status !== 202),
      chargedTwice: users.filter((id) => charged(id) > 1),
      tierWithoutCharge: tiers.filter(({ id, tier }) => tier === 'pro' && charged(id) === 0),
      withoutTier: tiers.filter(({ tier }) => tier !== 'pro'),
    };
  }

  /** Clients that ask anew, not knowing better, when they lose their connection, and when told to come again. */
  async function upgradeAll(api: Phoenix, users: readonly string[]): Promise<number[]> {
    const left = [...users];
    const statuses: number[] = [];
    const client = async () => {
      for (let id = left.pop(); id !== undefined; id = left.pop())
        statuses.push(await upgrade(api, id));
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    return statuses;
  }

  async function upgrade(api: Phoenix, id: string): Promise<number> {
    const service = await api.service();
    const answer = await service
      .as('service')
      .post(`/users/${id}/tier`, { tier: 'pro' })
      .catch(() => undefined);
    if (answer === undefined)
      await waitFor('the crash to be noticed', async () => (await api.service()) !== service);
    else if (answer.status === 503) await delay(Number(answer.headers.get('retry-after')) * 1000);
    else return answer.status;
    return upgrade(api, id);
  }
});
