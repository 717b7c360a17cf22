import { createUser } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
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
      const attempt = async () => {
        const { id } = await createUser(api, { password: null });
        const started = performance.now();
        const { status } = await api.as('service').post(`/users/${id}/tier`, { tier: 'pro' });
        return { status, ms: performance.now() - started };
      };
      const state = async () =>
        /^circuit_breaker_state\{name="payment"\} (\d)$/m.exec(
          (await api.get('/metrics')).text,
        )?.[1];
      payment.behave(() => conduct);
      for (let count = 1; count <= 5; count += 1) expect((await attempt()).status).toBe(first);
      expect(await state()).toBe('2');
      const asked = payment.asks.length;
      const refused = [await attempt(), await attempt(), await attempt()];
      expect(refused.map(({ status }) => status)).toEqual([503, 503, 503]);
      for (const { ms } of refused) expect(ms).toBeLessThan(1000);
      expect(payment.asks).toHaveLength(asked);
      payment.behave(() => paid);
      await waitFor('a trial to succeed', async () => (await attempt()).status === 200);
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
    const other = await testApi().withMails('log').withoutJobs().start();
    try {
      await waitFor('readiness', async () => (await other.get('/ready')).status === 200);
      const { id } = await createUser(other);
      const change = (tier: string) => other.as('service').post(`/users/${id}/tier`, { tier });
      expectProblem(await change('pro'), 503, 'dependency.unavailable');
      expect((await change('free')).status).toBe(200);
    } finally {
      await other.stop();
    }
  });
});
