import { randomUUID } from 'node:crypto';

import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';

import { FanOut } from '../../src/features/webhooks/deliveries/fan-out.js';
import {
  type ClaimedDelivery,
  DeliveryClaims,
} from '../../src/features/webhooks/sending/delivery-claims.js';
import { Database } from '../../src/platform/database/database.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

describeOnPostgres('claims of deliveries', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;

  beforeAll(async () => {
    database = await createTestDatabase();
    context = await createContext(database);
    await database.query(
      `INSERT INTO webhooks (id, url, types, status, created_at, updated_at, tried_since)
       VALUES (gen_random_uuid(), 'https://receiver.example', '{*}', 'active', now(), now(), now())`,
    );
  });

  afterAll(async () => {
    await context?.close();
    await database?.drop();
  });

  const claims = () => new DeliveryClaims(context.get(Database));
  const next = async (process: DeliveryClaims) => (await process.next([])).deliveries;
  /** Makes a delivery of a new event. */
  const deliver = (userId: string) =>
    new FanOut(context.get(Database)).events([
      {
        id: randomUUID(),
        type: 'user.updated',
        userId,
        sequence: 1,
        time: new Date(),
        traceparent: null,
        data: {},
      },
    ]);
  const settle = (process: DeliveryClaims, claimed: readonly ClaimedDelivery[]) =>
    process.settle(
      claimed.map((delivery) => ({
        ...delivery,
        state: 'delivered',
        taken: true,
        pauses: false,
        waitMs: 0,
        answer: null,
      })),
    );
  const lanes = (userId: string) =>
    database.query('SELECT pending, claim FROM webhook_lanes WHERE user_id = $1', [userId]);
  const states = async (userId: string) => {
    const sql = 'SELECT state FROM webhook_deliveries WHERE user_id = $1 ORDER BY place';
    const rows = await database.query<{ state: string }>(sql, [userId]);
    return rows.map(({ state }) => state);
  };

  it('end with the last delivery of a user', async () => {
    const user = randomUUID();
    await deliver(user);
    await deliver(user);
    const process = claims();
    await settle(process, await next(process));
    expect(await lanes(user)).toEqual([{ pending: 1, claim: null }]);
    await settle(process, await next(process));
    expect(await lanes(user)).toEqual([]);
    expect(await states(user)).toEqual(['delivered', 'delivered']);
  });

  it('count a delivery that is stored while the last one is settled', async () => {
    const user = randomUUID();
    await deliver(user);
    const process = claims();
    const claimed = await next(process);
    const other = new Client({ connectionString: database.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('UPDATE webhook_lanes SET pending = pending + 1 WHERE user_id = $1', [user]);
    const settled = settle(process, claimed);
    await waitFor('the lock', async () => {
      const waiting = await database.query(
        `SELECT 1 FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%webhook_lanes%'`,
      );
      return waiting.length > 0;
    });
    await other.query('COMMIT');
    await other.end();
    await settled;
    expect(await lanes(user)).toEqual([{ pending: 1, claim: null }]);
    expect(await states(user)).toEqual(['delivered']);
    await database.query('DELETE FROM webhook_lanes');
  });

  it('are left to the process that has taken them over', async () => {
    const user = randomUUID();
    await deliver(user);
    const [paused, active] = [claims(), claims()];
    const claimed = await next(paused);
    expect(await next(active)).toEqual([]);
    await database.query('UPDATE webhook_lanes SET due = now()');
    const takenOver = await next(active);
    expect(takenOver.map(({ id }) => id)).toEqual(claimed.map(({ id }) => id));
    await settle(paused, claimed);
    expect(await states(user)).toEqual(['pending']);
    await settle(active, takenOver);
    expect(await states(user)).toEqual(['delivered']);
    expect(await lanes(user)).toEqual([]);
  });
});
