import { createUser, type TestUser } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import { sharedApi } from '../support/shared-api.js';
import { type Api, testApi } from '../support/test-api.js';
import {
  type Conduct,
  paid,
  type PaymentServer,
  startPaymentServer,
} from '../support/payment-service.js';
import { waitFor } from '../support/wait-for.js';

const unwell: Conduct = { charges: false, answer: 500 };

describe('an unreachable payment service', () => {
  let payment: PaymentServer;
  let api: Api;

  beforeAll(async () => {
    payment = await startPaymentServer();
    api = await testApi().withPayments(payment).withMails('log').withoutJobs().start();
    await waitFor('readiness', async () => (await api.get('/ready')).status === 200);
  });

  afterAll(async () => {
    await api?.stop();
    await payment?.close();
  });

  it.each([
    ['fails', unwell, 202],
    ['refuses our token', { charges: false, answer: 401 } as const, 503],
  ])(
    'opens the breaker when it %s, after which nobody is asked until a trial succeeds',
    async (_what, conduct, first) => {
      const before = api.logs.length;
      const newUsers = (count: number) =>
        Promise.all(Array.from({ length: count }, () => createUser(api, { password: null })));
      const attempt = async ({ id }: TestUser) =>
        (await api.as('service').post(`/users/${id}/tier`, { tier: 'pro' })).status;
      const failing = await newUsers(5);
      const refused = await newUsers(3);
      const state = async () =>
        /^circuit_breaker_state\{name="payment"\} (\d)$/m.exec(
          (await api.get('/metrics')).text,
        )?.[1];
      payment.behave(() => conduct);
      for (const user of failing) expect(await attempt(user)).toBe(first);
      const asked = payment.asks.length;
      // Together, since the first one that comes after five seconds is a trial.
      expect(await Promise.all(refused.map(attempt))).toEqual([503, 503, 503]);
      expect(payment.asks).toHaveLength(asked);
      expect(await state()).toBe('2');
      payment.behave(() => paid);
      await waitFor('a trial to succeed', async () => {
        const [user] = await newUsers(1);
        return user && (await attempt(user)) === 200;
      });
      expect(await state()).toBe('0');
      const told = () =>
        api.logs
          .slice(before)
          .filter(({ logger, dependency }) => logger === 'outages' && dependency === 'payment');
      await waitFor('the end to be logged', () => told().length > 1);
      expect(told().map(({ level, message }) => [level, message])).toEqual([
        ['WARN', 'payment unavailable'],
        ['INFO', 'payment available again'],
      ]);
    },
  );

  it('answers 503 for paid tiers, and still sets the free one, without a payment service', async () => {
    const other = await sharedApi();
    const { id } = await createUser(other);
    const change = (tier: string) => other.as('service').post(`/users/${id}/tier`, { tier });
    expectProblem(await change('pro'), 503, 'dependency.unavailable');
    expect((await change('free')).status).toBe(200);
  });
});
