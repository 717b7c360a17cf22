import { randomUUID } from 'node:crypto';

import { createUser } from '../support/accounts.js';
import { startReady } from '../support/ready.js';
import type { Service } from '../support/service.js';
import { figure } from '../support/figure.js';
import { paid, type PaymentServer, startPaymentServer } from '../support/payment-service.js';
import { startTestPostgres, TEMPLATE, type TestPostgres } from '../support/postgres.js';
import { waitFor } from '../support/wait-for.js';

describe('a database that is lost between charge and commit', () => {
  let postgres: TestPostgres;
  let payment: PaymentServer;
  let api: Service;

  beforeAll(async () => {
    [postgres, payment] = await Promise.all([
      startTestPostgres({ version: 'embedded', keepsCommits: true }),
      startPaymentServer(),
    ]);
    const url = await postgres.createDatabase('users', TEMPLATE);
    api = await startReady({
      DATABASE_URL: url,
      PAYMENT_SERVICE_URL: payment.url,
      PAYMENT_TIMEOUT_MS: '1000',
      EMAIL_SERVICE_URL: 'log:',
    });
  }, 60_000);

  afterAll(async () => {
    await api?.stop();
    await Promise.all([payment?.close(), postgres?.stop()]);
  });

  it.each<[string, Record<string, string>]>([
    ['a request', {}],
    ['a request with an Idempotency-Key', { 'idempotency-key': randomUUID() }],
  ])(
    'answers %s 202, and the tier follows after the recovery',
    async (_which, keyed) => {
      const { id } = await createUser(api);
      payment.behave(() => {
        postgres.kill();
        return paid;
      });
      const change = () => api.as('service').post(`/users/${id}/tier`, { tier: 'pro' }, keyed);
      const answer = await change();
      expect([answer.status, answer.body]).toEqual([202, { status: 'pending' }]);
      payment.behave(() => paid);
      await postgres.restart();
      const back = Date.now();
      await waitFor(
        'the tier',
        async () => (await api.as('service').get(`/users/${id}`)).body['tier'] === 'pro',
        30_000,
      );
      // The answer of the key was stored after the recovery; without one, the user has the tier already.
      const again = await change();
      expect(again.status).toBe('idempotency-key' in keyed ? 202 : 200);
      expect(payment.chargesOf(id)).toHaveLength(1);
      expect(new Set(payment.asksOf(id).map(({ key }) => key)).size).toBe(1);
      figure(
        `database killed between charge and commit: 202, then the tier ${Date.now() - back} ms after it was back, ` +
          `1 charge in ${payment.asksOf(id).length} asks`,
      );
    },
    60_000,
  );
});
