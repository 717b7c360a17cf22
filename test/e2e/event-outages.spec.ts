import { createUser, type TestUser } from '../support/accounts.js';
import { judgeEvents, type StoredEventFacts } from '../support/event-verdict.js';
import { describeOnNats } from '../support/installed.js';
import { type CloudEvent, type NatsServer, startNats } from '../support/nats-server.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { createWebhook, LOOPBACK } from '../support/webhooks.js';

const USERS = 16;
/** The contract for what a killed worker has left, in seconds: how long it is nobody else's. */
const TAKEN_OVER_IN = 10;

describeOnNats('events outlast', () => {
  let nats: NatsServer;
  let api: Api;
  let receiver: WebhookReceiver;
  let workers: Service[];

  beforeEach(async () => {
    workers = [];
    [nats, receiver] = await Promise.all([startNats(), startReceiver()]);
    api = await testApi({ EVENTS_URL: nats.url, ...LOOPBACK })
      .withoutJobs()
      .start();
  });

  afterEach(async () => {
    for (const worker of workers) worker.process.kill('SIGKILL');
    await api?.stop();
    await Promise.all([nats?.stop(), receiver?.stop()]);
  });

  async function startWorker(): Promise<Service> {
    const env = { DATABASE_URL: api.database.url, EVENTS_URL: nats.url, ...LOOPBACK };
    const worker = await startService(env, { entry: 'worker' });
    workers.push(worker);
    return ready(worker);
  }

  const createUsers = async () =>
    Promise.all(Array.from({ length: USERS }, () => createUser(api, { password: null })));
  const rename = async (users: readonly TestUser[], name: string) =>
    Promise.all(users.map(({ id }) => api.as('service').patch(`/users/${id}`, { name })));

  /** Waits for all events that are stored, and judges what arrived. @returns how often any came again. */
  async function expectAll(arrived: () => readonly CloudEvent[]): Promise<number> {
    const stored = await api.database.query<StoredEventFacts & Record<string, unknown>>(
      `SELECT id, user_id, sequence::int, (data->>'version')::int AS version FROM events`,
    );
    const ids = () => new Set(arrived().map(({ id }) => id));
    await waitFor('all events', () => ids().size >= stored.length);
    const versions = await api.database.query<{ id: string; version: number }>(
      'SELECT id, version FROM users',
    );
    const verdict = judgeEvents(arrived(), stored, versions);
    expect(verdict).toEqual({ lost: [], invented: [], outOfOrder: [], untold: [] });
    return arrived().length - stored.length;
  }

  /** No lease and no claim of the database lasts longer than the contract says. */
  async function expectSoonFree(): Promise<void> {
    const late = await api.database.query(
      `SELECT 'share' AS what FROM event_shares WHERE until > now() + interval '${TAKEN_OVER_IN} s'
        UNION ALL
       SELECT 'lane' FROM webhook_lanes
        WHERE claim IS NOT NULL AND due > now() + interval '${TAKEN_OVER_IN} s'`,
    );
    expect(late).toEqual([]);
  }

  it('an outage of NATS: they wait, and arrive once it is back, each once', async () => {
    const worker = await startWorker();
    const users = await createUsers();
    const stream = await nats.consume();
    await expectAll(() => stream.events);
    await nats.kill();
    for (const name of ['Grace', 'Barbara']) await rename(users, name);
    await waitFor('the depth', async () =>
      /events_outbox_depth\{destination="nats"\} [1-9]/.test((await worker.get('/metrics')).text),
    );
    await nats.restart();
    expect(await expectAll(() => stream.events)).toBe(0);
  });

  it('a worker that is killed while it publishes: another one goes on', async () => {
    const killed = await startWorker();
    const users = await createUsers();
    const stream = await nats.consume();
    await startWorker();
    await waitFor('shares of both', async () => {
      const relays = await api.database.query('SELECT DISTINCT relay_id FROM event_shares');
      return relays.length === 2;
    });
    const changes = (async () => {
      for (let n = 0; n < 10; n += 1) await rename(users, `Grace ${n}`);
    })();
    await waitFor('a part of the changes', () => stream.events.length >= 3 * USERS);
    await killed.kill();
    await expectSoonFree();
    await changes;
    // The stream drops what is published again.
    expect(await expectAll(() => stream.events)).toBe(0);
  });

  it('a worker that is killed while it calls a webhook: another one calls, with the same ids', async () => {
    await createWebhook(api, receiver.url);
    receiver.answer(() => undefined);
    const killed = await startWorker();
    const users = await createUsers();
    await waitFor('a call for each user', () => receiver.received.length === USERS);
    await startWorker();
    await rename(users, 'Grace');
    await killed.kill();
    receiver.answer(() => ({ status: 204 }));
    await expectSoonFree();
    expect(await expectAll(() => receiver.received.map(({ event }) => event as CloudEvent))).toBe(
      USERS,
    );
  });
});
