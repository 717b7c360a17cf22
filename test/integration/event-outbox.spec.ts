import { randomUUID } from 'node:crypto';

import type { INestApplicationContext } from '@nestjs/common';

import { Database } from '../../src/platform/database/database.js';
import { EventOutbox } from '../../src/platform/events/outbox/event-outbox.js';
import { KnownDestinations } from '../../src/platform/events/outbox/known-destinations.js';
import { EventStore } from '../../src/platform/events/outbox/event-store.js';
import { EventsModule } from '../../src/platform/events/events.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { waitFor } from '../support/wait-for.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

interface Row {
  user_id: string;
  sequence: number;
  n: string;
}

describeOnPostgres('the outbox of events', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;
  let outbox: EventOutbox;
  let commits: Database;

  beforeAll(async () => {
    database = await createTestDatabase();
    context = await createContext(database, { imports: [EventsModule] });
    outbox = context.get(EventOutbox);
    commits = context.get(Database);
    await commits.commit(context.get(EventStore).listing('somewhere'));
  });

  afterAll(async () => {
    await context?.close();
    await database?.drop();
  });

  const happened = (userId: string, version = 1) =>
    outbox.insertion({ type: 'user.created', userId, data: { user_id: userId, version } });

  /** Events of users in the order of the queue. */
  const queued = (users: readonly string[]) =>
    database.query<Row>(
      `SELECT e.user_id, e.sequence::int, e.data->>'version' AS n
         FROM event_queue q JOIN events e ON e.at = q.event_at AND e.id = q.event_id
        WHERE e.user_id = ANY($1) ORDER BY q.place`,
      [users],
    );

  it('numbers the events of a user without gaps, in the order of the commits', async () => {
    const user = randomUUID();
    const failing = async (n: number) => {
      await commits
        .transaction(async () => {
          await commits.commit(happened(user, n));
          throw new Error('rolled back');
        })
        .catch(() => undefined);
    };
    await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        n % 4 === 0
          ? failing(n + 1)
          : n % 2 === 0
            ? commits.transaction(() => commits.commit(happened(user, n + 1)))
            : commits.commit(happened(user, n + 1)),
      ),
    );
    const rows = await queued([user]);
    expect(rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 18 }, (_, n) => n + 1),
    );
    expect(rows.some(({ n }) => (Number(n) - 1) % 4 === 0)).toBe(false);
  });

  it('keeps the order of two events of a user in one commit', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await commits.commit(happened(one, 1), happened(other, 1), happened(one, 2), happened(one, 3));
    const rows = (await queued([one, other])).map(({ user_id, sequence, n }) => [
      user_id,
      sequence,
      n,
    ]);
    expect(rows.filter(([user]) => user === one)).toEqual([
      [one, 1, '1'],
      [one, 2, '2'],
      [one, 3, '3'],
    ]);
    expect(rows.filter(([user]) => user === other)).toEqual([[other, 1, '1']]);
  });

  it('stores concurrent commits for the same users in opposite orders, without deadlocks', async () => {
    const users = Array.from({ length: 20 }, () => randomUUID());
    const rounds = Array.from({ length: 16 }, (_, n) =>
      commits.transaction(() =>
        commits.commit((n % 2 === 0 ? users : users.toReversed()).map((user) => happened(user))),
      ),
    );
    await Promise.all(rounds);
    expect(await queued(users)).toHaveLength(320);
  });

  it('queues an event for each destination, and stores nothing without one', async () => {
    const store = context.get(EventStore);
    const [both, none] = [randomUUID(), randomUUID()];
    await commits.commit(store.listing('elsewhere'));
    await commits.commit(store.listing('elsewhere'));
    await commits.commit(happened(both));
    expect(await queued([both])).toHaveLength(2);
    await commits.commit(store.delisting('elsewhere'));
    await commits.commit(store.delisting('somewhere'));
    await commits.commit(happened(none));
    const [row] = await database.query(
      'SELECT (SELECT count(*) FROM events WHERE user_id = $1) + (SELECT count(*) FROM event_counters WHERE user_id = $1) AS n',
      [none],
    );
    expect(row).toEqual({ n: 0 });
    await commits.commit(store.listing('somewhere'));
  });

  it('stores events for a destination of another process soon after it was added', async () => {
    await database.query('DELETE FROM event_destinations');
    await waitFor('nothing to be stored', () => !context.get(KnownDestinations).mayExist());
    await database.query(`INSERT INTO event_destinations VALUES ('somewhere')`);
    const user = randomUUID();
    const stored = await waitFor('an event', async () => {
      await commits.commit(happened(user));
      const rows = await queued([user]);
      return rows.length > 0 && rows;
    });
    expect(stored).toMatchObject([{ sequence: 1 }]);
  });

  it('reads stored events page by page, each user in order', async () => {
    const store = context.get(EventStore);
    const user = randomUUID();
    const begun = new Date(Date.now() - 60_000);
    for (let n = 1; n <= 5; n += 1) await commits.commit(happened(user, n));
    const read: number[] = [];
    let page = await store.page({ time: begun }, 100);
    while (page.length > 0) {
      read.push(...page.filter((event) => event.userId === user).map(({ sequence }) => sequence));
      page = await store.page(page.at(-1) ?? { time: begun }, 100);
    }
    expect(read).toEqual([1, 2, 3, 4, 5]);
  });
});
