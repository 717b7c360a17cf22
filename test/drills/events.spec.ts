import { setTimeout as delay } from 'node:timers/promises';

import { Phoenix } from '../support/crash-drill.js';
import { sized } from '../support/drill-length.js';
import { execute } from '../support/execute.js';
import { judgeEvents } from '../support/event-verdict.js';
import { figure } from '../support/figure.js';
import { describeOnNats } from '../support/installed.js';
import { API_KEY } from '../support/caller.js';
import { type Consumption, type NatsServer, startNats } from '../support/nats-server.js';
import { startTestPostgres, TEMPLATE, type TestPostgres } from '../support/postgres.js';
import { drillSeed, type SeededRandom, seededRandom } from '../support/seeded-random.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';
import {
  type ReceivedEvent,
  startReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.js';
import { createWebhook, LOOPBACK } from '../support/webhooks.js';

const USERS = sized(60, 500);
const CHANGES = sized(1200, 10_000);
const CLIENTS = 16;
/** How often each of the four is killed. */
const KILLS = sized(3, 10);
const PAUSE_MS = [300, 1500] as const;
const AWAY_MS = [100, 1500] as const;
/** Share of deliveries that the receiver of the webhook refuses; they are retried after 5 s. */
const REFUSED = 0.02;
const DRILL_MS = 900_000;

describeOnNats('kill -9 of everything while users change', () => {
  const seed = drillSeed();
  const random = seededRandom(seed);
  const processes: Service[] = [];
  let postgres: TestPostgres;
  let nats: NatsServer;
  let stream: Consumption;
  let receiver: WebhookReceiver;
  let api: Phoenix;
  let worker: Phoenix;
  let url: string;

  beforeAll(async () => {
    [postgres, nats, receiver] = await Promise.all([
      startTestPostgres({ version: 'embedded', keepsCommits: true }),
      startNats(),
      startReceiver(),
    ]);
    url = await postgres.createDatabase('users', TEMPLATE);
    [api, worker] = [launch('main'), launch('worker')];
    await Promise.all([api.service(), worker.service()]);
  }, DRILL_MS);

  afterAll(async () => {
    for (const { process } of processes) process.kill('SIGKILL');
    await Promise.all([nats?.stop(), postgres?.stop(), receiver?.stop()]);
  });

  function launch(entry: 'main' | 'worker'): Phoenix {
    return new Phoenix(async () => {
      const service = await startService(
        { DATABASE_URL: url, EVENTS_URL: nats.url, RATE_LIMIT_REQUESTS: '0', ...LOOPBACK },
        { entry },
      );
      processes.push(service);
      return service;
    });
  }

  /** Sends a request until something answers; whoever was killed may have done it. */
  async function persist(path: string, method: string, body?: object): Promise<Response> {
    for (;;) {
      try {
        const { url: base } = await api.service();
        const answer = await fetch(`${base}${path}`, {
          method,
          headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        });
        if (answer.status < 500) return answer;
      } catch {
        // It was killed, or the database was.
      }
      await delay(50);
    }
  }

  async function strike(chaos: SeededRandom): Promise<void> {
    const away = () => delay(chaos.between(...AWAY_MS));
    const victims: Record<string, () => Promise<unknown>> = {
      API: () => api.crash(),
      worker: () => worker.crash(),
      PostgreSQL: async () => {
        postgres.kill();
        await away();
        await postgres.restart();
      },
      NATS: async () => {
        await nats.kill();
        await away();
        await nats.restart();
      },
    };
    for (let round = 0; round < KILLS; round += 1)
      for (const victim of chaos.shuffle(Object.keys(victims))) {
        await delay(chaos.between(...PAUSE_MS));
        await victims[victim]?.();
      }
  }

  it(
    `loses, invents and reorders no event (DRILL_SEED=${seed})`,
    async () => {
      figure(`events with DRILL_SEED=${seed}`);
      const accepted: ReceivedEvent['event'][] = [];
      const moods = random.fork();
      receiver.answer(({ event }) => {
        if (moods.chance(REFUSED)) return { status: 500 };
        accepted.push(event);
        return { status: 204 };
      });
      await createWebhook(await api.service(), receiver.url);
      const users: string[] = [];
      for (let n = 0; n < USERS; n += 1) {
        const answer = await persist('/users', 'POST', { email: `u${n}@example.com`, name: 'Ada' });
        users.push(((await answer.json()) as { id: string }).id);
      }
      stream = await nats.consume();
      /** What a receiver reads at the moment of an event: versions below those of events. */
      const early: string[] = [];
      let checked = 0;
      const ended = new AbortController();
      const reading = (async () => {
        while (!ended.signal.aborted) {
          const event = stream.events[checked];
          if (event === undefined) {
            await delay(5);
            continue;
          }
          checked += 1;
          const answer = await persist(`/users/${event.subject}`, 'GET');
          const version = Number(/\d+/.exec(answer.headers.get('etag') ?? '')?.[0]);
          if (!(version >= event.data.version)) early.push(`${event.id}: ${version}`);
        }
      })();
      let left = CHANGES;
      const clients = Array.from({ length: CLIENTS }, async () => {
        const own = random.fork();
        while (left > 0) {
          left -= 1;
          await persist(`/users/${own.pick(users)}`, 'PATCH', { name: `Ada ${left}` });
        }
      });
      await Promise.all([strike(random.fork()), ...clients]);
      await Promise.all([api.service(), worker.service()]);
      await waitFor(
        'an empty outbox',
        async () =>
          (await execute(url, 'SELECT FROM event_queue LIMIT 1').catch(() => [1])).length === 0,
        60_000,
      );
      const stored = await execute<{
        id: string;
        user_id: string;
        sequence: number;
        version: number;
      }>(url, `SELECT id, user_id, sequence::int, (data->>'version')::int AS version FROM events`);
      for (const delivered of [stream.events, accepted])
        await waitFor(
          'the last event',
          () => new Set(delivered.map(({ id }) => id)).size >= stored.length,
          120_000,
        );
      await waitFor('the reader', () => checked === stream.events.length, 120_000);
      ended.abort();
      await reading;
      const versions = await execute<{ id: string; version: number }>(
        url,
        'SELECT id, version FROM users',
      );
      for (const [where, delivered] of Object.entries({ NATS: stream.events, webhook: accepted })) {
        const again = delivered.length - stored.length;
        figure(`${stored.length} events of ${USERS} users, ${again} delivered again to ${where}`);
        const verdict = judgeEvents(delivered, stored, versions);
        expect(verdict).toEqual({ lost: [], invented: [], outOfOrder: [], untold: [] });
      }
      expect(early).toEqual([]);
    },
    DRILL_MS,
  );
});
