import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

import { callerOf } from '../../support/caller.js';
import { startNats } from '../../support/nats-server.js';
import { createWebhook, LOOPBACK } from '../../support/webhooks.js';
import type { Benchmark, Row } from '../harness/benchmark.js';
import { type Arrivals, type Drained, drained, startSink } from '../harness/drain.js';
import type { Database, Lab } from '../harness/lab.js';

/** The first events meet a process that still warms up: this part of them does not count. */
const WARM_UP = 0.1;
const USERS = 500;

/** How fast one worker brings events that wait to each kind of destination. */
export const relay: Benchmark = {
  name: 'relay',
  title: `one worker that drains an outbox with events of ${USERS} users`,
  async run(lab, { quick, rounds }) {
    const repetitions = quick ? 1 : Math.min(3, rounds);
    const figures: Record<'nats' | 'webhooks', Drained[]> = { nats: [], webhooks: [] };
    const database = await lab.database('bench_relay');
    for (let round = 0; round < repetitions; round += 1) {
      figures.nats.push(await toNats(lab, database, quick ? 20_000 : 100_000));
      figures.webhooks.push(await toWebhook(lab, database, quick ? 10_000 : 20_000));
    }
    return [
      ...rows('to NATS', 'events', figures.nats, 5000),
      ...rows('to a webhook', 'deliveries', figures.webhooks, 1000),
    ];
  },
};

function rows(
  what: string,
  unit: string,
  figures: readonly Drained[],
  atLeast: number,
): readonly Row[] {
  const each = (name: keyof Drained) => figures.map((figure) => figure[name]);
  const cpu = { unit: 'µs each', digits: 0 };
  return [
    { what, unit: `${unit}/s`, digits: 0, figures: each('perSecond'), aim: { atLeast } },
    { what: 'CPU', ...cpu, figures: each('totalCpu') },
    { what: 'of it the worker', ...cpu, figures: each('workerCpu') },
  ];
}

async function toNats(lab: Lab, database: Database, count: number): Promise<Drained> {
  const nats = await startNats();
  const connection = await connect({ servers: nats.url });
  const manager = await jetstreamManager(connection);
  const arrivals = async (): Promise<Arrivals> => {
    const { state } = await manager.streams.info('USERS');
    return { count: state.messages, at: performance.now() };
  };
  await fill(database, 'nats', count);
  const worker = await lab.worker(database, { EVENTS_URL: nats.url });
  const figures = await drained(lab, worker, arrivals, { from: WARM_UP * count, to: count });
  await Promise.all([worker.stop(), connection.close()]);
  await nats.stop();
  return figures;
}

async function toWebhook(lab: Lab, database: Database, count: number): Promise<Drained> {
  const sink = await startSink();
  // In production webhooks are https only; encryption would measure OpenSSL.
  const api = await lab.api(database, { ...LOOPBACK, ENVIRONMENT: 'development' });
  await createWebhook(callerOf(api.url), sink.url);
  await api.stop();
  await fill(database, 'webhooks', count);
  const worker = await lab.worker(database, LOOPBACK);
  const figures = await drained(lab, worker, sink.arrivals, { from: WARM_UP * count, to: count });
  await Promise.all([worker.stop(), sink.stop()]);
  await database.query('TRUNCATE webhooks CASCADE');
  return figures;
}

/** Events of some users that wait for one destination, in the order of their users' sequences. */
async function fill(database: Database, destination: string, count: number): Promise<void> {
  await database.query('TRUNCATE events, event_queue, webhook_deliveries, webhook_lanes');
  await database.query(
    `WITH resident AS (
       SELECT n, gen_random_uuid() AS user_id FROM generate_series(0, $2 - 1) AS n),
     stored AS (
       INSERT INTO events (day, at, id, type, user_id, sequence, data)
       SELECT extract(epoch FROM now())::bigint / 86400 % 32, date_trunc('milliseconds', now()), gen_random_uuid(),
              'user.updated', user_id, place / $2 + 1,
              jsonb_build_object('user_id', user_id, 'version', place / $2 + 1, 'changed', '{name}'::text[])
         FROM generate_series(0, $1 - 1) AS place JOIN resident ON n = place % $2
       RETURNING at, id, user_id, sequence)
     INSERT INTO event_queue (destination, share, event_at, event_id)
     SELECT $3, get_byte(uuid_send(user_id), 15) % 16, at, id FROM stored ORDER BY sequence`,
    [count, USERS, destination],
  );
  await database.query('VACUUM ANALYZE events, event_queue, webhook_deliveries, webhook_lanes');
}
