import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createUser, type TestUser } from '../support/accounts.js';
import type { Service } from '../support/service.js';
import { testApi } from '../support/test-api.js';
import { paid, type PaymentServer, startPaymentServer } from '../support/payment-service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const FOREVER_MS = '60000';

describe('the slots for outbound calls', () => {
  let database: TestDatabase;
  let payment: PaymentServer;
  /** Takes mails and never answers. */
  let hanging: Server;
  let users: readonly TestUser[];
  let api: Service;

  beforeAll(async () => {
    [database, payment] = await Promise.all([createTestDatabase(), startPaymentServer()]);
    hanging = createServer(() => undefined);
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    // Whoever consumes them finds as many mails as it takes at once: it waits for all it took.
    const signUps = await testApi().on(database).withoutJobs().start();
    users = await Promise.all(Array.from({ length: 6 }, () => createUser(signUps)));
    await signUps.stop();
    api = await testApi()
      .on(database)
      .withPayments(payment)
      .with({
        EMAIL_SERVICE_URL: `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`,
        EMAIL_TIMEOUT_MS: FOREVER_MS,
        PAYMENT_TIMEOUT_MS: FOREVER_MS,
        WORKER_CONCURRENCY: '1',
      })
      .start();
  });

  afterAll(async () => {
    // What hangs would keep an orderly end waiting.
    await api?.kill();
    hanging?.closeAllConnections();
    hanging?.close();
    await payment?.close();
    await database?.drop();
  });

  const change = (id: string) => api.as('service').post(`/users/${id}/tier`, { tier: 'pro' });

  /** Waits until the metrics have these lines. */
  const shows = (...lines: string[]) =>
    waitFor(`the metrics to show ${lines.join(', ')}`, async () => {
      const { text } = await api.get('/metrics');
      return lines.every((line) => text.split('\n').includes(line));
    });

  it('are shared by mail and payments, with a quarter reserved for each', async () => {
    const [first = '', ...others] = users.map(({ id }) => id);
    await shows(
      'worker_pool_io_slots 4',
      'bulkhead_slots{name="email"} 3',
      'bulkhead_active{name="email"} 3',
      'bulkhead_queued{name="email"} 1',
    );
    expect((await change(first)).status).toBe(200);
    await shows('worker_pool_io_tasks_total{task="payment",result="completed"} 1');

    payment.behave(() => ({ ...paid, answer: 'hang' }));
    const waiting = others.slice(0, 2).map((id) => change(id).catch(() => undefined));
    await shows(
      'bulkhead_active{name="payment"} 1',
      'bulkhead_queued{name="payment"} 1',
      'worker_pool_io_active 4',
      'worker_pool_io_queue_size 2',
    );
    await api.kill();
    await Promise.all(waiting);
  });
});
