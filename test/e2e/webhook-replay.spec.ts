import { createUser, type TestUser } from '../support/accounts.js';
import { runCommand } from '../support/warm-process.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import {
  createWebhook,
  LOOPBACK,
  type Page,
  type Webhook,
  type WebhookDelivery,
  WEBHOOKS,
} from '../support/webhooks.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('a replay', () => {
  let api: Api;
  let asked: WebhookReceiver;
  let other: WebhookReceiver;
  let webhook: Webhook;

  beforeEach(async () => {
    [asked, other] = await Promise.all([startReceiver(), startReceiver()]);
    api = await testApi(LOOPBACK).start();
    webhook = await createWebhook(api, asked.url);
    await createWebhook(api, other.url);
  });

  afterEach(async () => {
    await api?.stop();
    await Promise.all([asked?.stop(), other?.stop()]);
  });

  const replay = async (since: Date, types?: readonly string[]) => {
    const body = { since: since.toISOString(), ...(types && { types }) };
    const { status } = await api.as('service').post(`${WEBHOOKS}/${webhook.id}/replay`, body);
    expect(status).toBe(202);
  };
  const calls = (count: number) => waitFor(`${count} calls`, () => asked.received.length >= count);
  const ids = (receiver: WebhookReceiver) => receiver.received.map(({ id }) => id);

  /** Users whose first event was so long ago; it has arrived at both receivers, which are empty then. */
  async function usersOf(ages: readonly number[]): Promise<{ events: string[]; now: number }> {
    const users: TestUser[] = [];
    for (const _age of ages) users.push(await createUser(api));
    for (const { received } of [asked, other])
      await waitFor('the events', () => received.length === ages.length);
    const events = users.map(
      ({ id }) => asked.received.find(({ event }) => event.subject === id)?.id ?? '',
    );
    await waitFor('their answers to be stored', async () => {
      const left = await api.database.query('SELECT FROM webhook_lanes');
      return left.length === 0;
    });
    const now = Date.now();
    for (const [index, age] of ages.entries())
      await api.database.query(
        `UPDATE events SET at = $1::timestamptz, day = (extract(epoch FROM $1::timestamptz)::bigint / 86400 % 32)
          WHERE id = $2`,
        [new Date(now - age).toISOString(), events[index]],
      );
    for (const { received } of [asked, other]) received.length = 0;
    return { events, now };
  }

  /** Waits until nothing is left to do. */
  async function settled(): Promise<void> {
    await waitFor('no replay and no delivery', async () => {
      const left = await api.database.query(
        `SELECT 1 FROM pgboss.job WHERE name = 'webhook_replay' AND state IN ('created', 'retry', 'active')
          UNION ALL SELECT 1 FROM webhook_lanes UNION ALL SELECT 1 FROM event_queue`,
      );
      return left.length === 0;
    });
  }

  it('of an hour is exactly its events, the first moment included, at the webhook alone', async () => {
    const { events, now } = await usersOf([HOUR_MS + 1, HOUR_MS, HOUR_MS - 1, 0]);
    await replay(new Date(now - HOUR_MS));
    await calls(3);
    await settled();
    expect(ids(asked).toSorted()).toEqual(events.slice(1).toSorted());
    expect(ids(other)).toEqual([]);
  });

  it('asked for twice at once comes twice, and new events of the same users come after it', async () => {
    const { events, now } = await usersOf([HOUR_MS, 1000]);
    const since = new Date(now - HOUR_MS);
    await Promise.all([replay(since), replay(since), createUser(api), createUser(api)]);
    await calls(6);
    await settled();
    const news = ids(other);
    expect(news).toHaveLength(2);
    const count = (id: string) => ids(asked).filter((each) => each === id).length;
    expect(events.map(count)).toEqual([2, 2]);
    // A replay ends with its request: it may begin after that of a user.
    for (const id of news) expect([1, 2, 3]).toContain(count(id));
    expect(new Set(ids(asked))).toEqual(new Set([...events, ...news]));
  });

  it('has no event that the clean-up removed, nor has what waited for a receiver', async () => {
    const { events, now } = await usersOf([20 * DAY_MS, DAY_MS]);
    await api.as('service').patch(`${WEBHOOKS}/${webhook.id}`, { status: 'paused' });
    await replay(new Date(now - 30 * DAY_MS));
    const deliveries = async (state: string) => {
      const path = `${WEBHOOKS}/${webhook.id}/deliveries?state=${state}`;
      const { body } = await api.as('service').get<Page<WebhookDelivery>>(path);
      return body.items.map(({ event_id }) => event_id);
    };
    await waitFor('both wait', async () => (await deliveries('pending')).length === 2);
    const env = { DATABASE_URL: api.database.url, DATA_DIR: api.dataDir };
    expect(await runCommand(['cleanup', '--days', '30'], env)).toMatchObject({ code: 0 });
    await api.as('service').patch(`${WEBHOOKS}/${webhook.id}`, { status: 'active' });
    await calls(1);
    await settled();
    await replay(new Date(now - 30 * DAY_MS));
    await calls(2);
    await settled();
    expect(ids(asked)).toEqual([events[1], events[1]]);
    expect(await deliveries('pending')).toEqual([]);
  });
});
