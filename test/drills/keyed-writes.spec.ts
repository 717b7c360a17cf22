import { randomUUID } from 'node:crypto';

import { createUser } from '../support/accounts.js';
import type { Answer } from '../support/caller.js';
import { startReady } from '../support/ready.js';
import type { Service } from '../support/service.js';
import { sized } from '../support/drill-length.js';
import { execute } from '../support/execute.js';
import { figure } from '../support/figure.js';
import { paid, type PaymentServer, startPaymentServer } from '../support/payment-service.js';
import { startTestPostgres, TEMPLATE, type TestPostgres } from '../support/postgres.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const ROUNDS = sized(1, 5);
const SIGN_UPS = sized(20, 40);
const TIER_CHANGES = 5;
/** All passwords are hashed again. Far below the minute after which a holder counts as dead. */
const FREE_MS = 20_000;
const DRILL_MS = 120_000;

/** A write that a client repeats with its key until it is done. */
interface KeyedWrite {
  readonly path: string;
  readonly key: string;
  readonly body: object;
  readonly statuses: Set<number>;
  done?: Answer<{ id: string }>;
}

describe('writes with an Idempotency-Key across a restart of the database', () => {
  let postgres: TestPostgres;
  let payment: PaymentServer;
  let url: string;
  let api: Service;

  beforeAll(async () => {
    [postgres, payment] = await Promise.all([
      startTestPostgres({ version: 'embedded', keepsCommits: true }),
      startPaymentServer(),
    ]);
    url = await postgres.createDatabase('users', TEMPLATE);
    payment.behave(() => paid);
    api = await startReady({
      DATABASE_URL: url,
      EMAIL_SERVICE_URL: 'log:',
      PAYMENT_SERVICE_URL: payment.url,
    });
  }, DRILL_MS);

  afterAll(async () => {
    await api?.stop();
    await Promise.all([payment?.close(), postgres?.stop()]);
  });

  async function send(write: KeyedWrite): Promise<boolean> {
    const answer = await api
      .as('service')
      .post<{ id: string }>(write.path, write.body, { 'idempotency-key': write.key });
    write.statuses.add(answer.status);
    if (answer.status < 300) write.done = answer;
    return answer.status < 300;
  }

  const keyed = (path: string, body: object): KeyedWrite => ({
    path,
    key: randomUUID(),
    body,
    statuses: new Set(),
  });

  /** The keys are claimed, then the server dies under the work. */
  async function lose(writes: readonly KeyedWrite[]): Promise<void> {
    const answered = writes.map(send);
    await waitFor('keys to be claimed', async () => {
      const [row] = await execute(url, 'SELECT 1 FROM idempotency_keys WHERE status IS NULL');
      return row !== undefined;
    });
    postgres.kill();
    await Promise.all(answered);
    await postgres.restart();
  }

  it(
    'are executed once each soon after recovery, and repeated with the same answer',
    async () => {
      const all: KeyedWrite[] = [];
      let slowest = 0;
      for (let round = 1; round <= ROUNDS; round += 1) {
        const users = await Promise.all(
          Array.from({ length: TIER_CHANGES }, () => createUser(api)),
        );
        const writes = [
          ...Array.from({ length: SIGN_UPS }, () =>
            keyed('/users', { ...signUp(), password: 'violet-kettle-armada-7' }),
          ),
          ...users.map(({ id }) => keyed(`/users/${id}/tier`, { tier: 'pro' })),
        ];
        await lose(writes);
        const back = performance.now();
        await Promise.all(
          writes.map((write) =>
            waitFor('the key to be free', async () => write.done ?? send(write), FREE_MS),
          ),
        );
        slowest = Math.max(slowest, performance.now() - back);
        all.push(...writes);
      }
      const statuses = new Set(all.flatMap((write) => [...write.statuses]));
      const interrupted = all.filter(({ statuses: seen }) => seen.has(503)).length;
      figure(
        `database killed under ${all.length} keyed writes: ${interrupted} interrupted, all done ` +
          `${Math.round(slowest)} ms after it was back; statuses ${[...statuses].join(', ')}`,
      );
      expect(interrupted).toBeGreaterThan(0);
      for (const status of statuses) expect([200, 201, 202, 409, 503]).toContain(status);
      for (const { path, key, body, done } of all) {
        const again = await api.as('service').post(path, body, { 'idempotency-key': key });
        expect([again.status, again.body]).toEqual([done?.status, done?.body]);
      }
      const [{ twice } = { twice: -1 }] = await execute<{ twice: number }>(
        url,
        'SELECT count(*)::int - count(DISTINCT email)::int AS twice FROM users',
      );
      expect(twice).toBe(0);
      const changes = all.filter(({ path }) => path !== '/users');
      const charges = changes.map(({ path }) => payment.chargesOf(path.split('/')[2] ?? ''));
      expect(charges.map(({ length }) => length)).toEqual(changes.map(() => 1));
    },
    DRILL_MS,
  );
});
