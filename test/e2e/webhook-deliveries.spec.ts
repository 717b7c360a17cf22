import { createUser, superuser, type TestUser } from '../support/accounts.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import {
  isVerified,
  type ReceivedEvent,
  startReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.js';
import {
  createWebhook,
  LOOPBACK,
  type Page,
  type Webhook,
  type WebhookDelivery,
  WEBHOOKS,
  type WebhookWithSecret,
} from '../support/webhooks.js';

describe('deliveries to webhooks', () => {
  let api: Api;
  const receivers: WebhookReceiver[] = [];

  beforeAll(async () => {
    // A dead delivery has had two or three attempts.
    api = await testApi({ ...LOOPBACK, WEBHOOK_RETRY_HOURS: '0.004' }).start();
  });

  afterAll(async () => {
    await api?.stop();
    await Promise.all(receivers.map((receiver) => receiver.stop()));
  });

  async function receiving(types?: readonly string[]) {
    const receiver = await startReceiver();
    receivers.push(receiver);
    return { receiver, webhook: await createWebhook(api, receiver.url, types) };
  }

  const rename = (user: TestUser, name: string) =>
    api.as('service').patch(`/users/${user.id}`, { name });
  const of = (receiver: WebhookReceiver, user: TestUser) =>
    receiver.received.filter(({ event }) => event.subject === user.id);
  const arrived = (receiver: WebhookReceiver, user: TestUser, count: number, timeoutMs?: number) =>
    waitFor<ReceivedEvent[]>(
      `${count} events`,
      () => of(receiver, user).length >= count && of(receiver, user),
      timeoutMs,
    );
  const types = (events: readonly ReceivedEvent[]) => events.map(({ event }) => event.type);
  const deliveries = async (id: string, query = '', as: Parameters<Api['as']>[0] = 'service') =>
    (await api.as(as).get<Page<WebhookDelivery>>(`${WEBHOOKS}/${id}/deliveries${query}`)).body;

  it('are CloudEvents, signed and in order, of the wanted types', async () => {
    const { receiver, webhook } = await receiving();
    const { receiver: deletions } = await receiving(['user.deleted']);
    const user = await createUser(api);
    await rename(user, 'Grace');
    await rename(user, 'Barbara');
    await api.as('service').delete(`/users/${user.id}`);
    const events = await arrived(receiver, user, 4);
    expect(types(events)).toEqual(['user.created', 'user.updated', 'user.updated', 'user.deleted']);
    expect(events.map(({ event }) => Number(event.sequence))).toEqual([1, 2, 3, 4]);
    for (const each of events) {
      expect(isVerified(each, webhook.secret)).toBe(true);
      expect(each.id).toBe(each.event.id);
      expect(each.headers['content-type']).toMatch(/^application\/cloudevents\+json/);
      expect(each.headers.traceparent ?? '').toMatch(/^(00-|$)/);
    }
    expect(types(await arrived(deletions, user, 1))).toEqual(['user.deleted']);
    const delivered = '?state=delivered&limit=3';
    const page = await waitFor('all are delivered', async () => {
      const pending = await deliveries(webhook.id, '?state=pending');
      return pending.items.length === 0 && deliveries(webhook.id, delivered);
    });
    expect(page.items[0]).toEqual({
      id: expect.any(String) as string,
      event_id: events[3]?.id,
      type: 'user.deleted',
      state: 'delivered',
      attempts: 1,
      next_at: null,
      answer: null,
    });
    const rest = await deliveries(webhook.id, `?limit=3&cursor=${page.next_cursor}`);
    expect(rest.items.map(({ event_id }) => event_id)).toEqual([events[0]?.id]);
  });

  it('are retried, one user waiting and others going on, until they are dead', async () => {
    const root = await superuser(api, api.database);
    const { receiver, webhook } = await receiving();
    const [failing, later, other] = [
      await createUser(api),
      await createUser(api),
      await createUser(api),
    ];
    for (const user of [failing, later, other]) await arrived(receiver, user, 1);
    receiver.answer(({ event }) => {
      if (event.subject === failing.id) return { status: 500, body: `\0é${'é'.repeat(2000)}` };
      const first = of(receiver, later).length <= 2;
      if (event.subject === later.id && first)
        return { status: 503, headers: { 'retry-after': '8' } };
      return { status: 204 };
    });
    await Promise.all([rename(failing, 'A'), rename(later, 'B')]);
    await arrived(receiver, failing, 2);
    await arrived(receiver, later, 2);
    await Promise.all([rename(failing, 'C'), rename(later, 'D'), rename(other, 'E')]);
    await arrived(receiver, other, 2);
    const shown = await waitFor('the answer is stored', async () => {
      const pending = await deliveries(webhook.id, '?state=pending', root);
      return pending.items.find(({ answer }) => answer?.status === 500);
    });
    expect(shown.state).toBe('pending');
    expect(Buffer.byteLength(shown.answer?.body ?? '')).toBeLessThanOrEqual(1024);
    expect(shown.answer?.body).toMatch(/^\u{fffd}é+$/u);
    const attempts = receiver.received.filter(({ id }) => id === shown.event_id);
    const wait = 5000 * 2 ** (shown.attempts - 1);
    const next = Date.parse(String(shown.next_at));
    expect(next - Number(attempts[shown.attempts - 1]?.at)).toBeGreaterThan(0.75 * wait);
    expect(next - Date.now()).toBeLessThan(1.25 * wait);
    expect((await deliveries(webhook.id, '?state=pending')).items[0]?.answer).toBeNull();
    const [, refused, again, newer] = await arrived(receiver, later, 4);
    expect([refused?.id, newer?.event.data]).toEqual([again?.id, expect.anything()]);
    expect(Number(again?.at) - Number(refused?.at)).toBeGreaterThanOrEqual(7900);
    const dead = await waitFor(
      'a dead delivery',
      async () => (await deliveries(webhook.id, '?state=dead')).items[0],
    );
    expect(dead.attempts).toBeGreaterThan(1);
    receiver.answer(() => ({ status: 200 }));
    const retried = await api
      .as('service')
      .post<WebhookDelivery>(`${WEBHOOKS}/deliveries/${dead.id}/retry`);
    expect([retried.status, retried.body.state]).toEqual([202, 'pending']);
    await waitFor('no event is left', async () => {
      const left = await deliveries(webhook.id, '?state=pending');
      const failed = await deliveries(webhook.id, '?state=dead');
      return left.items.length + failed.items.length === 0;
    });
  });

  it('wait while a receiver is gone, and come once it is active again', async () => {
    const { receiver, webhook } = await receiving(['user.created']);
    receiver.answer(() => ({ status: 410 }));
    const first = await createUser(api);
    await waitFor('it is paused', async () => {
      const { body } = await api.as('service').get<Webhook>(`${WEBHOOKS}/${webhook.id}`);
      return body.status === 'paused';
    });
    const second = await createUser(api);
    receiver.answer(() => ({ status: 200 }));
    await waitFor('the second waits', async () => {
      const { items } = await deliveries(webhook.id, '?state=pending');
      return items.length === 2;
    });
    expect(of(receiver, second)).toEqual([]);
    await api.as('service').patch(`${WEBHOOKS}/${webhook.id}`, { status: 'active' });
    await arrived(receiver, second, 1);
    await arrived(receiver, first, 2);
  });

  it('are signed by both secrets during a grace, and by the new one alone without', async () => {
    const { receiver, webhook } = await receiving(['user.created']);
    const rotate = async (seconds: number) =>
      (
        await api.as('service').post<WebhookWithSecret>(`${WEBHOOKS}/${webhook.id}/rotate-secret`, {
          grace_seconds: seconds,
        })
      ).body.secret;
    const verifiedBy = async (secrets: readonly string[]) => {
      const [event] = await arrived(receiver, await createUser(api), 1);
      return secrets.map((secret) => event && isVerified(event, secret));
    };
    const second = await rotate(60);
    expect(await verifiedBy([webhook.secret, second])).toEqual([true, true]);
    const third = await rotate(0);
    expect(await verifiedBy([webhook.secret, second, third])).toEqual([false, false, true]);
  });

  it('are made once more by a replay: exactly the events since a time, with their ids', async () => {
    const { receiver, webhook } = await receiving();
    const early = await createUser(api);
    await arrived(receiver, early, 1);
    const user = await createUser(api);
    await rename(user, 'Joan');
    const events = await arrived(receiver, user, 2);
    const since = events[0]?.event.time;
    receiver.received.length = 0;
    const path = `${WEBHOOKS}/${webhook.id}/replay`;
    expect((await api.as('service').post(path, { since })).status).toBe(202);
    const again = await arrived(receiver, user, 2);
    expect(again.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(again.map(({ text }) => text)).toEqual(events.map(({ text }) => text));
    await api.as('service').post(path, { since, types: ['user.updated'] });
    expect(types((await arrived(receiver, user, 3)).slice(2))).toEqual(['user.updated']);
    expect(receiver.received).toHaveLength(3);
  });

  it('test a webhook, follow no redirect, and reach no address that is not allowed', async () => {
    const { receiver, webhook } = await receiving(['user.erased']);
    const { receiver: elsewhere } = await receiving(['user.erased']);
    const test = (id: string) => api.as('service').post<WebhookDelivery>(`${WEBHOOKS}/${id}/test`);
    expect((await test(webhook.id)).body).toMatchObject({ type: 'webhook.test', attempts: 0 });
    const [event] = await waitFor(
      'a test',
      () => receiver.received.length > 0 && receiver.received,
    );
    expect(event && isVerified(event, webhook.secret)).toBe(true);
    receiver.answer(() => ({ status: 302, headers: { location: elsewhere.url } }));
    await test(webhook.id);
    // The rules forbid this address now: it was set when they did not.
    const inside = await createWebhook(api, 'http://127.0.0.1:1/', ['user.erased']);
    await api.database.query(
      `UPDATE webhooks SET url = 'http://[::1]:${new URL(elsewhere.url).port}/' WHERE id = '${inside.id}'`,
    );
    await test(inside.id);
    for (const { id } of [webhook, inside])
      await waitFor('a failure', async () =>
        (await deliveries(id, '?state=pending')).items.find(({ attempts }) => attempts > 0),
      );
    expect(elsewhere.received).toEqual([]);
  });

  it('are counted, without URLs', async () => {
    const { text } = await api.get('/metrics');
    expect(text).toMatch(/^webhook_deliveries_total\{.*result="delivered".*\} [1-9]/m);
    expect(text).toMatch(/^webhook_deliveries_total\{.*result="dead".*\} [1-9]/m);
    expect(text).toMatch(/^webhook_delivery_lag_seconds/m);
    expect(text).toMatch(/^circuit_breaker_state\{.*name="webhook_[0-9a-f-]{36}".*\} 0/m);
    for (const { url } of receivers) expect(text).not.toContain(new URL(url).port);
  });
});
