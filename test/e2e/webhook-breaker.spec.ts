import { createUser, type TestUser } from '../support/accounts.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import {
  type ReceivedEvent,
  type ReceiverAnswer,
  startReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.js';
import { createWebhook, LOOPBACK, WEBHOOKS } from '../support/webhooks.js';

/** Two more than open the breaker. */
const USERS = 12;
/** The least time that a breaker is open, in milliseconds. */
const OPEN_MS = 5000;
const CLOSED = 0;
const OPEN = 2;

describe('the receiver of a webhook', () => {
  let api: Api;
  const receivers: WebhookReceiver[] = [];

  beforeAll(async () => {
    api = await testApi(LOOPBACK).start();
  });

  afterAll(async () => {
    await api?.stop();
    await Promise.all(receivers.map((receiver) => receiver.stop()));
  });

  async function newReceiver(): Promise<WebhookReceiver> {
    const receiver = await startReceiver();
    receivers.push(receiver);
    return receiver;
  }

  const createUsers = async () =>
    Promise.all(Array.from({ length: USERS }, () => createUser(api, { password: null })));
  const change = (id: string, body: object) => api.as('service').patch(`${WEBHOOKS}/${id}`, body);
  const calls = (receiver: WebhookReceiver, count: number) =>
    waitFor(`${count} calls`, () => receiver.received.length >= count);
  const sequencesOf = (events: readonly ReceivedEvent[], { id }: TestUser) =>
    events.filter(({ event }) => event.subject === id).map(({ event }) => Number(event.sequence));

  async function expectState(webhookId: string, state: number): Promise<void> {
    const line = new RegExp(
      `^circuit_breaker_state\\{.*name="webhook_${webhookId}".*\\} ${state}$`,
      'm',
    );
    await waitFor(`state ${state}`, async () => line.test((await api.get('/metrics')).text));
  }

  it('is left alone once it has failed ten times, then tried by one call, and served in order again', async () => {
    const [failing, other] = [await newReceiver(), await newReceiver()];
    const { id } = await createWebhook(api, failing.url);
    await createWebhook(api, other.url);
    failing.answer(() => ({ status: 500 }));
    const users = await createUsers();
    await calls(failing, USERS);
    await expectState(id, OPEN);
    const trial = Promise.withResolvers<ReceiverAnswer>();
    failing.answer(() => trial.promise);
    for (const user of users) await api.as('service').patch(`/users/${user.id}`, { name: 'Grace' });
    await calls(other, 2 * USERS);
    await calls(failing, USERS + 1);
    const [last, next] = failing.received.slice(USERS - 1, USERS + 1).map(({ at }) => at);
    expect((next ?? 0) - (last ?? 0)).toBeGreaterThanOrEqual(OPEN_MS);
    // Others are due meanwhile, and go on elsewhere.
    await createUser(api);
    await calls(other, 2 * USERS + 1);
    expect(failing.received).toHaveLength(USERS + 1);
    failing.answer(() => ({ status: 204 }));
    trial.resolve({ status: 204 });
    await expectState(id, CLOSED);
    await calls(failing, USERS + 2 * USERS + 1);
    for (const user of users) expect(sequencesOf(failing.received, user)).toEqual([1, 1, 2]);
    for (const user of users) expect(sequencesOf(other.received, user)).toEqual([1, 2]);
  });

  it('is called at once at another URL, whatever the breaker knows of the one before', async () => {
    const [failing, next] = [await newReceiver(), await newReceiver()];
    const { id } = await createWebhook(api, failing.url);
    failing.answer(() => ({ status: 500 }));
    next.answer(() => undefined);
    await createUsers();
    await calls(failing, USERS);
    await expectState(id, OPEN);
    await change(id, { url: next.url });
    // Side by side: a trial would be one call that is not answered.
    await calls(next, USERS);
  });

  it('is called at another URL though the one before asks for an hour meanwhile', async () => {
    const [slow, next] = [await newReceiver(), await newReceiver()];
    const { id } = await createWebhook(api, slow.url);
    const late = Promise.withResolvers<ReceiverAnswer>();
    slow.answer(() => late.promise);
    await createUser(api);
    await calls(slow, 1);
    await change(id, { url: next.url });
    late.resolve({ status: 503, headers: { 'retry-after': '3600' } });
    await calls(next, 1);
    expect(next.received[0]?.id).toBe(slow.received[0]?.id);
  });
});
