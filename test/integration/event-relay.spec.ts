import { randomUUID } from 'node:crypto';

import {
  type INestApplicationContext,
  Injectable,
  Module,
  type OnModuleInit,
} from '@nestjs/common';

import { Database } from '../../src/platform/database/database.js';
import { EventRelayModule, EventsModule } from '../../src/platform/events/events.module.js';
import { EventOutbox } from '../../src/platform/events/outbox/event-outbox.js';
import { EventRetention } from '../../src/platform/events/outbox/event-retention.js';
import type { StoredEvent } from '../../src/platform/events/outbox/stored-event.js';
import {
  type EventDestination,
  EventDestinations,
} from '../../src/platform/events/relay/event-destination.js';
import { EventShares } from '../../src/platform/events/relay/event-shares.js';
import { EmailModule } from '../../src/platform/mail/mail.module.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

/** Within this time the users of a killed process go on, in milliseconds: ADR 109 asks for it. */
const TAKEN_OVER_MS = 10_000;
/** What all relays of this test have delivered. */
const delivered: StoredEvent[] = [];
/** Ids of events that are refused. */
const refused = new Set<string>();

@Injectable()
class Memory implements EventDestination, OnModuleInit {
  readonly name = 'memory';

  constructor(private readonly destinations: EventDestinations) {}

  onModuleInit(): void {
    this.destinations.add(this);
  }

  async deliver(events: readonly StoredEvent[]): Promise<ReadonlySet<string>> {
    const stuck = new Set(events.filter(({ id }) => refused.has(id)).map(({ userId }) => userId));
    const taken = events.filter(({ userId }) => !stuck.has(userId));
    delivered.push(...taken);
    return Promise.resolve(new Set(taken.map(({ id }) => id)));
  }
}

@Module({ imports: [EventsModule], providers: [Memory] })
class MemoryModule {}

describeOnPostgres('the relay of events', () => {
  let database: TestDatabase;
  const relays: INestApplicationContext[] = [];

  const start = async () => {
    const imports = [
      WorkersModule,
      JobsModule.forRoot({ consume: false }),
      EmailModule,
      EventRelayModule,
      MemoryModule,
    ];
    const relay = await createContext(database, { imports });
    relays.push(relay);
    return relay;
  };
  const heldBy = (relay: INestApplicationContext) => relay.get(EventShares).held.length;

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.query(`INSERT INTO event_destinations VALUES ('memory')`);
    await start();
  });

  afterAll(async () => {
    for (const relay of relays) await relay.close();
    await database?.drop();
  });

  const [first] = [() => relays[0] as INestApplicationContext];
  const newUsers = () => Array.from({ length: 40 }, () => randomUUID());
  const commit = (userId: string, version: number) =>
    first()
      .get(Database)
      .commit(
        first()
          .get(EventOutbox)
          .insertion({ type: 'user.created', userId, data: { user_id: userId, version } }),
      );
  const of = (userId: string) =>
    delivered.filter((event) => event.userId === userId).map(({ sequence }) => sequence);

  it('delivers the events of each user in order, on all relays together', async () => {
    const users = newUsers();
    await waitFor('all shares', () => heldBy(first()) === 16);
    const second = await start();
    await waitFor('fair shares', () => heldBy(first()) === 8 && heldBy(second) === 8);
    for (let version = 1; version <= 10; version += 1)
      await Promise.all(users.map((user) => commit(user, version)));
    await waitFor('400 events', () => users.every((user) => of(user).length >= 10));
    for (const user of users) expect(of(user)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const queued = 'SELECT count(*)::int AS n FROM event_queue';
    await waitFor(
      'an empty queue',
      async () => (await database.query<{ n: number }>(queued))[0]?.n === 0,
    );
  });

  it('lets other users go on while one cannot be delivered', async () => {
    const [stuck, free] = [randomUUID(), randomUUID()];
    await commit(stuck, 1);
    await waitFor('the first', () => of(stuck).length === 1);
    const outbox = first().get(EventOutbox);
    const event = outbox.insertion({
      type: 'user.created',
      userId: stuck,
      data: { user_id: stuck, version: 2 },
    });
    const { id } = event.row as { id: string };
    refused.add(id);
    await first().get(Database).commit(event);
    await commit(stuck, 3);
    await commit(free, 1);
    await waitFor('the other user', () => of(free).length === 1);
    expect(of(stuck)).toEqual([1]);
    refused.clear();
    await waitFor('the rest', () => of(stuck).length === 3);
    expect(of(stuck)).toEqual([1, 2, 3]);
  });

  it('takes over the users of a relay within 10 s after it is gone', async () => {
    const users = newUsers();
    // As after a kill: it holds leases, as long as those of others, and extends none.
    const gone = randomUUID();
    await database.query('INSERT INTO event_relays SELECT $1, max(until) FROM event_relays', [
      gone,
    ]);
    await database.query('UPDATE event_shares SET relay_id = $1 WHERE share < 8', [gone]);
    const killed = performance.now();
    await Promise.all(users.map((user) => commit(user, 1)));
    // The others know of the loss only after their next look, and deliver until then.
    await waitFor('its shares to be taken', async () => {
      const left = await database.query('SELECT FROM event_shares WHERE relay_id = $1', [gone]);
      return left.length === 0;
    });
    await Promise.all(users.map((user) => commit(user, 2)));
    await waitFor('all users', () => users.every((user) => of(user).length > 1));
    expect(performance.now() - killed).toBeLessThan(TAKEN_OVER_MS);
    for (const user of users) expect(of(user)).toEqual([1, 2]);
  });

  it('empties partitions that are older than the retention, and what waits of them', async () => {
    const old = `now() - interval '10 days'`;
    const day = (at: string) => `(extract(epoch FROM ${at})::bigint / 86400 % 32)`;
    await database.query(
      `INSERT INTO events SELECT ${day(old)}, ${old}, gen_random_uuid(), 'user.created', gen_random_uuid(), 1, NULL, '{}'
         FROM generate_series(1, 1000)`,
    );
    await database.query(
      `INSERT INTO event_queue (destination, share, event_at, event_id)
       SELECT 'absent', 0, at, id FROM events WHERE at < now() - interval '8 days'`,
    );
    const [before] = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM events');
    await first().get(EventRetention).remove();
    const [after] = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM events');
    expect((before?.n ?? 0) - (after?.n ?? 0)).toBe(1000);
    expect(await database.query(`SELECT FROM event_queue WHERE destination = 'absent'`)).toEqual(
      [],
    );
  });
});
