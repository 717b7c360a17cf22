import { randomUUID } from 'node:crypto';

import { createUser } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import { type Conduct, declined, paid } from '../support/payment-service.js';
import { expectTier, startTierChanges, type TierChanges, unwell } from '../support/tier-changes.js';
import { waitFor } from '../support/wait-for.js';

describe('POST /users/{id}/tier with an unknown outcome, or at the same time', () => {
  let tiers: TierChanges;

  beforeAll(async () => {
    tiers = await startTierChanges();
  });

  /** The first answer to a paid change that is not 503. */
  const answered = (id: string) =>
    waitFor('the payment service to be asked again', async () => {
      const answer = await tiers.change(id, 'pro');
      return answer.status !== 503 && answer;
    });

  // Failures of earlier tests count for the breaker until a charge succeeds.
  beforeEach(async () => {
    tiers.payment.behave(() => paid);
    expectTier(await answered((await createUser(tiers.api)).id), 'pro');
  });

  afterAll(() => tiers?.stop());

  it('sends no charge until the Retry-After of a 429 is over', async () => {
    const [{ id }, other] = await Promise.all([createUser(tiers.api), createUser(tiers.api)]);
    tiers.behaveTo(id, () => ({ charges: false, answer: 429, retryAfter: '2' }));
    const refused = performance.now();
    expectProblem(await tiers.change(id, 'pro'), 503, 'dependency.unavailable');
    expectTier(await answered(other.id), 'pro');
    expect(performance.now() - refused).toBeGreaterThan(2000);
    expect(tiers.payment.asksOf(other.id)).toHaveLength(1);
  });

  it('answers 503 and never changes the tier when the payment service does not listen', async () => {
    const { id } = await createUser(tiers.api);
    await tiers.payment.close();
    const answer = await tiers.change(id, 'pro');
    await tiers.payment.open();
    expectProblem(answer, 503, 'dependency.unavailable');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await waitFor('the job to have looked', async () => {
      const [job] = await tiers.api.database.query<{ state: string }>(
        `SELECT state FROM pgboss.job
          WHERE data -> 'payload' ->> 'change_id' = (SELECT id::text FROM tier_changes WHERE user_id = $1)`,
        [id],
      );
      return job?.state === 'completed';
    });
    expect(await tiers.changesOf(id)).toEqual([{ status: 'not_charged', asks: 1 }]);
    expect(tiers.payment.asksOf(id)).toEqual([]);
    expect(await tiers.tierOf(id)).toBe('free');
  });

  // Three at a time, of which fewer than five in a row may fail, or the breaker opens.
  it.each<Record<string, Conduct>>([
    {
      'a 409': { charges: false, answer: 409 },
      'a 500': unwell,
      'a 503 after charging': { charges: true, answer: 503 },
    },
    {
      'a redirect': { charges: false, answer: 307 },
      'a connection that broke after charging': { charges: true, answer: 'reset' },
      'no answer in time, after charging': { charges: true, answer: 'hang' },
    },
    { 'an answer that does not end in time': { charges: true, answer: 'dribble' } },
  ])(
    'answers 202 when the outcome is open, and asks again with the same key: %j',
    async (cases) => {
      const users = await Promise.all(
        Object.entries(cases).map(async ([what, first]) => {
          const { id } = await createUser(tiers.api);
          return { what, first, id };
        }),
      );
      tiers.payment.behave((ask) => {
        const user = users.find(({ id }) => id === ask.userId);
        return user && tiers.payment.asksOf(user.id).length === 1 ? user.first : paid;
      });
      for (const { what, id } of users) {
        const { status, body } = await tiers.change(id, 'pro');
        expect({ what, status, body }).toEqual({ what, status: 202, body: { status: 'pending' } });
        expect(await tiers.tierOf(id)).toBe('free');
      }
      for (const { id } of users) {
        await tiers.ended(id, 'applied');
        expect(await tiers.tierOf(id)).toBe('pro');
        expect(tiers.payment.chargesOf(id)).toHaveLength(1);
        expect(tiers.payment.asksOf(id).length).toBeGreaterThan(1);
        expect(new Set(tiers.payment.asksOf(id).map(({ key }) => key)).size).toBe(1);
        expect(await tiers.auditOf(id)).toEqual([
          'payment.requested by service',
          'user.tier-changed by system',
        ]);
      }
    },
  );

  it('asks again while the outcome is unknown, and accepts a refusal', async () => {
    const { id } = await createUser(tiers.api);
    tiers.behaveTo(id, (_ask, count) =>
      count <= 3 ? (count === 2 ? { charges: false, answer: 401 } : unwell) : declined,
    );
    expect((await tiers.change(id, 'pro')).status).toBe(202);
    await tiers.ended(id, 'declined');
    expect(await tiers.tierOf(id)).toBe('free');
    expect(new Set(tiers.payment.asksOf(id).map(({ key }) => key)).size).toBe(1);
    expect(tiers.payment.asksOf(id)).toHaveLength(4);
  });

  it('charges once for twenty requests at the same time', async () => {
    const { id } = await createUser(tiers.api);
    const answers = await Promise.all(Array.from({ length: 20 }, () => tiers.change(id, 'pro')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses.filter((status) => ![200, 202].includes(status))).toEqual([]);
    expect(tiers.payment.asksOf(id)).toHaveLength(1);
    expect(await tiers.tierOf(id)).toBe('pro');
  });

  it('runs one change at a time', async () => {
    const { id } = await createUser(tiers.api);
    tiers.behaveTo(id, () => unwell);
    expect((await tiers.change(id, 'pro')).status).toBe(202);
    // The same change was requested already; another one must wait for its outcome.
    expect((await tiers.change(id, 'pro')).status).toBe(202);
    for (const tier of ['enterprise', 'free']) {
      const answer = await tiers.change(id, tier, { 'idempotency-key': `wait-${id}-${tier}` });
      expectProblem(answer, 409, 'idempotency.in-flight');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    tiers.payment.behave(() => paid);
    await tiers.ended(id, 'applied');
    expect(tiers.payment.chargesOf(id)).toHaveLength(1);
    const later = await tiers.change(id, 'enterprise', {
      'idempotency-key': `wait-${id}-enterprise`,
    });
    expectTier(later, 'enterprise');
  });

  it('charges once for ten requests with one key', async () => {
    const { id } = await createUser(tiers.api);
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => tiers.change(id, 'pro', key)),
    );
    for (const answer of answers) expectTier(answer, 'pro');
    expect(tiers.payment.asksOf(id)).toHaveLength(1);
  });

  it('resolves an unknown charge of a user who is deleted meanwhile', async () => {
    const { id } = await createUser(tiers.api);
    tiers.behaveTo(id, (_ask, count) => (count === 1 ? { charges: true, answer: 500 } : paid));
    expect((await tiers.change(id, 'pro')).status).toBe(202);
    await tiers.api.as('service').delete(`/users/${id}`);
    await tiers.ended(id, 'orphaned');
    expect((await tiers.auditOf(id)).at(-1)).toBe('payment.orphaned by system');
    const [row] = await tiers.api.database.query('SELECT tier FROM users WHERE id = $1', [id]);
    expect(row).toEqual({ tier: 'free' });
    expectProblem(await tiers.change(id, 'pro'), 404, 'users.not-found');
  });
});
