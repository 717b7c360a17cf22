import { randomUUID } from 'node:crypto';

import { createUser } from '../support/accounts.js';
import { expectProblem, pointers } from '../support/http.js';
import { declined, paid } from '../support/payment-service.js';
import { expectTier, startTierChanges, type TierChanges, unwell } from '../support/tier-changes.js';
import { waitFor } from '../support/wait-for.js';

const TRACE_ID = 'a'.repeat(32);

describe('POST /users/{id}/tier', () => {
  let tiers: TierChanges;

  beforeAll(async () => {
    tiers = await startTierChanges();
  });

  beforeEach(() => tiers.payment.behave(() => paid));

  afterAll(() => tiers?.stop());

  it('charges once and sets the tier', async () => {
    const { id } = await createUser(tiers.api);
    const answer = await tiers.change(id, 'pro', {
      traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01`,
      baggage: 'user.signup_source=mobile,secret=x',
    });
    expectTier(answer, 'pro');
    const read = await tiers.api.as('service').get(`/users/${id}`);
    expect(read.body).toEqual(answer.body);
    expect(answer.headers.get('etag')).toBe(read.headers.get('etag'));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const [ask, ...others] = tiers.payment.asksOf(id);
    expect(others).toEqual([]);
    expect(ask).toMatchObject({ tier: 'pro', userId: id });
    expect(ask?.headers).toMatchObject({
      authorization: 'Bearer payment-service-token',
      'content-type': 'application/json',
      baggage: 'user.signup_source=mobile',
    });
    expect(ask?.headers['traceparent']).toMatch(new RegExp(`^00-${TRACE_ID}-`));
    expect(
      await tiers.api.database.query('SELECT id FROM tier_changes WHERE user_id = $1', [id]),
    ).toEqual([{ id: ask?.key }]);
    expect(await tiers.auditOf(id)).toEqual([
      'payment.requested by service',
      'user.tier-changed by service',
    ]);
  });

  it('does not charge for the same tier or the free tier', async () => {
    const { id } = await createUser(tiers.api);
    const before = await tiers.api.as('service').get(`/users/${id}`);
    const same = await tiers.change(id, 'free');
    expectTier(same, 'free');
    expect(same.headers.get('etag')).toBe(before.headers.get('etag'));
    await tiers.change(id, 'enterprise');
    expectTier(await tiers.change(id, 'enterprise'), 'enterprise');
    expectTier(await tiers.change(id, 'free'), 'free');
    expect(await tiers.tierOf(id)).toBe('free');
    expect(tiers.payment.asksOf(id).map(({ tier }) => tier)).toEqual(['enterprise']);
    // A user who returns pays again.
    expectTier(await tiers.change(id, 'enterprise'), 'enterprise');
    expect(tiers.payment.chargesOf(id)).toHaveLength(2);
  });

  it('answers 402 to a declined charge, and keeps the tier', async () => {
    const { id } = await createUser(tiers.api);
    tiers.behaveTo(id, () => declined);
    expectProblem(await tiers.change(id, 'pro'), 402, 'payments.declined');
    expect(await tiers.tierOf(id)).toBe('free');
    expect(await tiers.auditOf(id)).toEqual([
      'payment.requested by service',
      'payment.declined by service',
    ]);
    tiers.payment.behave(() => paid);
    expectTier(await tiers.change(id, 'pro'), 'pro');
    expect(new Set(tiers.payment.asksOf(id).map(({ key }) => key)).size).toBe(2);
  });

  it.each([400, 401, 403, 404, 422, 429])(
    'answers 503 and changes nothing when the question itself is refused with %d',
    async (status) => {
      const { id } = await createUser(tiers.api);
      tiers.behaveTo(id, () => ({ charges: false, answer: status }));
      expectProblem(await tiers.change(id, 'pro'), 503, 'dependency.unavailable');
      expect(await tiers.changesOf(id)).toEqual([{ status: 'not_charged', asks: 1 }]);
      expect(await tiers.tierOf(id)).toBe('free');
    },
  );

  it('repeats the answer of an Idempotency-Key', async () => {
    const { id } = await createUser(tiers.api);
    const key = { 'idempotency-key': randomUUID() };
    const first = await tiers.change(id, 'pro', key);
    await tiers.change(id, 'free');
    const again = await tiers.change(id, 'pro', key);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await tiers.tierOf(id)).toBe('free');
    expectProblem(await tiers.change(id, 'enterprise', key), 422, 'idempotency.mismatch');

    const refusedKey = { 'idempotency-key': randomUUID() };
    tiers.behaveTo(id, () => declined);
    const refused = await tiers.change(id, 'pro', refusedKey);
    expectProblem(refused, 402, 'payments.declined');
    tiers.payment.behave(() => paid);
    const refusedAgain = await tiers.change(id, 'pro', refusedKey);
    expect([refusedAgain.status, refusedAgain.text]).toEqual([402, refused.text]);

    const unknownKey = { 'idempotency-key': randomUUID() };
    tiers.behaveTo(id, () => unwell);
    expect((await tiers.change(id, 'pro', unknownKey)).status).toBe(202);
    tiers.payment.behave(() => paid);
    await waitFor('the tier', async () => (await tiers.tierOf(id)) === 'pro');
    expect((await tiers.change(id, 'pro', unknownKey)).status).toBe(202);
    expect(tiers.payment.chargesOf(id)).toHaveLength(2);
  });

  it('is part of the export of a user', async () => {
    const { id } = await createUser(tiers.api);
    await tiers.change(id, 'pro');
    const { body } = await tiers.api.as('service').get(`/users/${id}/export`);
    expect(body['tier_changes']).toEqual([
      {
        id: tiers.payment.asksOf(id)[0]?.key,
        from_tier: 'free',
        to_tier: 'pro',
        status: 'applied',
        created_at: expect.stringMatching(/Z$/) as string,
        ended_at: expect.stringMatching(/Z$/) as string,
      },
    ]);
    expect(body['jobs']).toContainEqual(
      expect.objectContaining({
        queue: 'tier_change',
        payload: { change_id: tiers.payment.asksOf(id)[0]?.key },
      }),
    );
  });

  it('names each invalid field of a request', async () => {
    const { id } = await createUser(tiers.api);
    const faults = expectProblem(await tiers.change(id, 'gold'), 400, 'request.invalid');
    expect(pointers(faults)).toEqual(['/tier']);
    expectProblem(await tiers.change(randomUUID(), 'pro'), 404, 'users.not-found');
    expect(tiers.payment.asksOf(id)).toEqual([]);
  });

  it('is visible in the metrics', async () => {
    const { id } = await createUser(tiers.api);
    tiers.behaveTo(id, () => unwell);
    expect((await tiers.change(id, 'enterprise')).status).toBe(202);
    const scrape = async () => (await tiers.api.get('/metrics')).text;
    const text = await scrape();
    expect(text).toMatch(/^payments_pending 1$/m);
    expect(text).toMatch(/^payments_oldest_pending_seconds \d/m);
    expect(text).toMatch(/^payment_charges_total\{tier="enterprise",result="unknown"\} [1-9]\d*$/m);
    expect(text).toMatch(/^dependency_calls_total\{name="payment",result="success"\} [1-9]\d*$/m);
    expect(text).toMatch(/^circuit_breaker_state\{name="email"\} 0$/m);
    expect(text).toMatch(/^circuit_breaker_state\{name="payment"\} 0$/m);
    // Of the eight slots for calls to the outside, two are those of mail.
    expect(text).toMatch(/^bulkhead_slots\{name="payment"\} 6$/m);
    expect(text).toMatch(
      /^worker_pool_io_tasks_total\{task="payment",result="completed"\} [1-9]\d*$/m,
    );
    tiers.payment.behave(() => paid);
    await tiers.ended(id, 'applied');
    expect(await scrape()).toMatch(/^payments_pending 0$/m);
  });
});
