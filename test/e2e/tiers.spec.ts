import { randomUUID } from 'node:crypto';

import { createUser } from '../support/accounts.js';
import type { Answer } from '../support/caller.js';
import { expectProblem, pointers } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import {
  type Ask,
  type Conduct,
  declined,
  paid,
  type PaymentServer,
  startPaymentServer,
} from '../support/payment-service.js';
import { waitFor } from '../support/wait-for.js';

const TIMEOUT_MS = 400;
const TRACE_ID = 'a'.repeat(32);
const unwell: Conduct = { charges: false, answer: 500 };

describe('POST /users/{id}/tier', () => {
  let payment: PaymentServer;
  let api: Api;

  beforeAll(async () => {
    payment = await startPaymentServer();
    api = await testApi()
      .withMails('log')
      .with({
        PAYMENT_SERVICE_URL: `${payment.url}/`,
        PAYMENT_SERVICE_TOKEN: 'payment-service-token',
        PAYMENT_TIMEOUT_MS: String(TIMEOUT_MS),
      })
      .start();
    await waitFor('readiness', async () => (await api.get('/ready')).status === 200);
  });

  beforeEach(() => payment.behave(() => paid));

  afterAll(async () => {
    await api?.stop();
    await payment?.close();
  });

  const change = (id: string, tier: unknown, headers: Record<string, string> = {}) =>
    api.as('service').post(`/users/${id}/tier`, { tier }, headers);

  const tierOf = async (id: string) => (await api.as('service').get(`/users/${id}`)).body['tier'];

  const changesOf = (id: string) =>
    api.database.query<{ status: string; asks: number }>(
      'SELECT status, asks FROM tier_changes WHERE user_id = $1 ORDER BY id',
      [id],
    );

  const ended = (id: string, status: string) =>
    waitFor(`the change to be ${status}`, async () =>
      (await changesOf(id)).some((row) => row.status === status),
    );

  const auditOf = async (id: string) =>
    (
      await api.database.query<{ action: string; actor_kind: string }>(
        `SELECT action, actor_kind FROM audit_log
          WHERE target_id = $1 AND action ~ 'payment|tier' ORDER BY id`,
        [id],
      )
    ).map(({ action, actor_kind }) => `${action} by ${actor_kind}`);

  /** Lets one user's questions end so; all others are paid. */
  const behaveTo = (userId: string, decide: (ask: Ask, count: number) => Conduct) => {
    let count = 0;
    payment.behave((ask) => (ask.userId === userId ? decide(ask, (count += 1)) : paid));
  };

  const expectTier = (answer: Answer, tier: string) =>
    expect({ status: answer.status, tier: answer.body['tier'] }).toEqual({ status: 200, tier });

  it('charges once and sets the tier', async () => {
    const { id } = await createUser(api);
    const answer = await change(id, 'pro', {
      traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01`,
      baggage: 'user.signup_source=mobile,secret=x',
    });
    expectTier(answer, 'pro');
    const read = await api.as('service').get(`/users/${id}`);
    expect(read.body).toEqual(answer.body);
    expect(answer.headers.get('etag')).toBe(read.headers.get('etag'));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const [ask, ...others] = payment.asksOf(id);
    expect(others).toEqual([]);
    expect(ask).toMatchObject({ tier: 'pro', userId: id });
    expect(ask?.headers).toMatchObject({
      authorization: 'Bearer payment-service-token',
      'content-type': 'application/json',
      baggage: 'user.signup_source=mobile',
    });
    expect(ask?.headers['traceparent']).toMatch(new RegExp(`^00-${TRACE_ID}-`));
    expect(
      await api.database.query('SELECT id FROM tier_changes WHERE user_id = $1', [id]),
    ).toEqual([{ id: ask?.key }]);
    expect(await auditOf(id)).toEqual([
      'payment.requested by service',
      'user.tier-changed by service',
    ]);
  });

  it('does not charge for the same tier or the free tier', async () => {
    const { id } = await createUser(api);
    const before = await api.as('service').get(`/users/${id}`);
    const same = await change(id, 'free');
    expectTier(same, 'free');
    expect(same.headers.get('etag')).toBe(before.headers.get('etag'));
    await change(id, 'enterprise');
    expectTier(await change(id, 'enterprise'), 'enterprise');
    expectTier(await change(id, 'free'), 'free');
    expect(await tierOf(id)).toBe('free');
    expect(payment.asksOf(id).map(({ tier }) => tier)).toEqual(['enterprise']);
    // Who comes back pays again.
    expectTier(await change(id, 'enterprise'), 'enterprise');
    expect(payment.chargesOf(id)).toHaveLength(2);
  });

  it('answers 402 to a declined charge, and keeps the tier', async () => {
    const { id } = await createUser(api);
    behaveTo(id, () => declined);
    expectProblem(await change(id, 'pro'), 402, 'payments.declined');
    expect(await tierOf(id)).toBe('free');
    expect(await auditOf(id)).toEqual([
      'payment.requested by service',
      'payment.declined by service',
    ]);
    payment.behave(() => paid);
    expectTier(await change(id, 'pro'), 'pro');
    expect(new Set(payment.asksOf(id).map(({ key }) => key)).size).toBe(2);
  });

  it.each([400, 401, 403, 404, 422, 429])(
    'answers 503 and changes nothing when the question itself is refused with %d',
    async (status) => {
      const { id } = await createUser(api);
      behaveTo(id, () => ({ charges: false, answer: status }));
      expectProblem(await change(id, 'pro'), 503, 'dependency.unavailable');
      expect(await changesOf(id)).toEqual([{ status: 'not_charged', asks: 1 }]);
      expect(await tierOf(id)).toBe('free');
    },
  );

  it('sends no charge until the Retry-After of a 429 is over', async () => {
    const [{ id }, other] = await Promise.all([createUser(api), createUser(api)]);
    behaveTo(id, () => ({ charges: false, answer: 429, retryAfter: '2' }));
    const refused = performance.now();
    expectProblem(await change(id, 'pro'), 503, 'dependency.unavailable');
    expectProblem(await change(other.id, 'pro'), 503, 'dependency.unavailable');
    expect(payment.asksOf(other.id)).toEqual([]);
    await waitFor(
      'the end of the wait',
      async () => (await change(other.id, 'pro')).status === 200,
    );
    expect(performance.now() - refused).toBeGreaterThan(2000);
    expect(payment.asksOf(other.id)).toHaveLength(1);
  });

  it('answers 503 and never changes the tier when the payment service does not listen', async () => {
    const { id } = await createUser(api);
    await payment.close();
    const answer = await change(id, 'pro');
    await payment.open();
    expectProblem(answer, 503, 'dependency.unavailable');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await waitFor('the job to have looked', async () => {
      const [job] = await api.database.query<{ state: string }>(
        `SELECT state FROM pgboss.job
          WHERE data -> 'payload' ->> 'change_id' = (SELECT id::text FROM tier_changes WHERE user_id = $1)`,
        [id],
      );
      return job?.state === 'completed';
    });
    expect(await changesOf(id)).toEqual([{ status: 'not_charged', asks: 1 }]);
    expect(payment.asksOf(id)).toEqual([]);
    expect(await tierOf(id)).toBe('free');
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
          const { id } = await createUser(api);
          return { what, first, id };
        }),
      );
      payment.behave((ask) => {
        const user = users.find(({ id }) => id === ask.userId);
        return user && payment.asksOf(user.id).length === 1 ? user.first : paid;
      });
      for (const { what, id } of users) {
        const { status, body } = await change(id, 'pro');
        expect({ what, status, body }).toEqual({ what, status: 202, body: { status: 'pending' } });
        expect(await tierOf(id)).toBe('free');
      }
      for (const { id } of users) {
        await ended(id, 'applied');
        expect(await tierOf(id)).toBe('pro');
        expect(payment.chargesOf(id)).toHaveLength(1);
        expect(payment.asksOf(id).length).toBeGreaterThan(1);
        expect(new Set(payment.asksOf(id).map(({ key }) => key)).size).toBe(1);
        expect(await auditOf(id)).toEqual([
          'payment.requested by service',
          'user.tier-changed by system',
        ]);
      }
    },
  );

  it('asks again while the outcome is unknown, and accepts a refusal', async () => {
    const { id } = await createUser(api);
    behaveTo(id, (_ask, count) =>
      count <= 3 ? (count === 2 ? { charges: false, answer: 401 } : unwell) : declined,
    );
    expect((await change(id, 'pro')).status).toBe(202);
    await ended(id, 'declined');
    expect(await tierOf(id)).toBe('free');
    expect(new Set(payment.asksOf(id).map(({ key }) => key)).size).toBe(1);
    expect(payment.asksOf(id)).toHaveLength(4);
  }, 30_000);

  it('charges once for twenty requests at the same time', async () => {
    const { id } = await createUser(api);
    const answers = await Promise.all(Array.from({ length: 20 }, () => change(id, 'pro')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses.filter((status) => ![200, 202].includes(status))).toEqual([]);
    expect(payment.asksOf(id)).toHaveLength(1);
    expect(await tierOf(id)).toBe('pro');
  });

  it('runs one change at a time', async () => {
    const { id } = await createUser(api);
    behaveTo(id, () => unwell);
    expect((await change(id, 'pro')).status).toBe(202);
    // The same one has been asked for already; another has to wait for what becomes of it.
    expect((await change(id, 'pro')).status).toBe(202);
    for (const tier of ['enterprise', 'free']) {
      const answer = await change(id, tier, { 'idempotency-key': `wait-${id}-${tier}` });
      expectProblem(answer, 409, 'idempotency.in-flight');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    payment.behave(() => paid);
    await ended(id, 'applied');
    expect(payment.chargesOf(id)).toHaveLength(1);
    const later = await change(id, 'enterprise', { 'idempotency-key': `wait-${id}-enterprise` });
    expectTier(later, 'enterprise');
  });

  it('repeats the answer of an Idempotency-Key', async () => {
    const { id } = await createUser(api);
    const key = { 'idempotency-key': randomUUID() };
    const first = await change(id, 'pro', key);
    await change(id, 'free');
    const again = await change(id, 'pro', key);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await tierOf(id)).toBe('free');
    expectProblem(await change(id, 'enterprise', key), 422, 'idempotency.mismatch');

    const refusedKey = { 'idempotency-key': randomUUID() };
    behaveTo(id, () => declined);
    const refused = await change(id, 'pro', refusedKey);
    expectProblem(refused, 402, 'payments.declined');
    payment.behave(() => paid);
    const refusedAgain = await change(id, 'pro', refusedKey);
    expect([refusedAgain.status, refusedAgain.text]).toEqual([402, refused.text]);

    const unknownKey = { 'idempotency-key': randomUUID() };
    behaveTo(id, () => unwell);
    expect((await change(id, 'pro', unknownKey)).status).toBe(202);
    payment.behave(() => paid);
    await waitFor('the tier', async () => (await tierOf(id)) === 'pro');
    expect((await change(id, 'pro', unknownKey)).status).toBe(202);
    expect(payment.chargesOf(id)).toHaveLength(2);
  });

  it('charges once for ten requests with one key', async () => {
    const { id } = await createUser(api);
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => change(id, 'pro', key)));
    for (const answer of answers) expectTier(answer, 'pro');
    expect(payment.asksOf(id)).toHaveLength(1);
  });

  it('resolves an unknown charge of a user who is deleted meanwhile', async () => {
    const { id } = await createUser(api);
    behaveTo(id, (_ask, count) => (count === 1 ? { charges: true, answer: 500 } : paid));
    expect((await change(id, 'pro')).status).toBe(202);
    await api.as('service').delete(`/users/${id}`);
    await ended(id, 'orphaned');
    expect((await auditOf(id)).at(-1)).toBe('payment.orphaned by system');
    const [row] = await api.database.query('SELECT tier FROM users WHERE id = $1', [id]);
    expect(row).toEqual({ tier: 'free' });
    expectProblem(await change(id, 'pro'), 404, 'users.not-found');
  });

  it('is part of the export of a user', async () => {
    const { id } = await createUser(api);
    await change(id, 'pro');
    const { body } = await api.as('service').get(`/users/${id}/export`);
    expect(body['tier_changes']).toEqual([
      {
        id: payment.asksOf(id)[0]?.key,
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
        payload: { change_id: payment.asksOf(id)[0]?.key },
      }),
    );
  });

  it('names each invalid field of a request', async () => {
    const { id } = await createUser(api);
    const faults = expectProblem(await change(id, 'gold'), 400, 'request.invalid');
    expect(pointers(faults)).toEqual(['/tier']);
    expectProblem(await change(randomUUID(), 'pro'), 404, 'users.not-found');
    expect(payment.asksOf(id)).toEqual([]);
  });

  it('is visible in the metrics', async () => {
    const { id } = await createUser(api);
    behaveTo(id, () => unwell);
    expect((await change(id, 'enterprise')).status).toBe(202);
    const scrape = async () => (await api.get('/metrics')).text;
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
    payment.behave(() => paid);
    await ended(id, 'applied');
    expect(await scrape()).toMatch(/^payments_pending 0$/m);
  });
});
