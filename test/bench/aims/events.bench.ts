import { startNats } from '../../support/nats-server.js';
import { waitFor } from '../../support/wait-for.js';
import type { Benchmark } from '../harness/benchmark.js';
import type { Database, Lab } from '../harness/lab.js';
import { cpuSeconds, postgresCpuSeconds } from '../harness/process-cost.js';
import { inRounds } from '../harness/rounds.js';
import { ratios } from '../harness/statistics.js';
import { signUpBody } from './sign-up.bench.js';

const LIMIT_MS = 300_000;
const MICROSECONDS = 1e6;

/** What events cost a sign-up, and how fast those that wait reach NATS. */
export const events: Benchmark = {
  name: 'events',
  title:
    'sign-up with NATS and webhooks as destinations against none, and one worker that drains the outbox',
  async run(lab, effort) {
    const nats = await startNats();
    const [off, on] = [
      await lab.database('bench_events_off'),
      await lab.database('bench_events_on'),
    ];
    await on.query(`INSERT INTO event_destinations VALUES ('webhooks')`);
    const apis = { off: await lab.api(off), on: await lab.api(on, { EVENTS_URL: nats.url }) };
    const variant = ({ url, pid }: { url: string; pid: number }) => ({
      target: { url: `${url}/users`, body: signUpBody },
      pids: [pid],
    });
    const measured = await inRounds(
      { off: variant(apis.off), on: variant(apis.on) },
      lab.postmaster,
      effort,
    );
    await Promise.all([apis.off.stop(), apis.on.stop()]);
    const drained = await drain(lab, on, nats.url, effort.quick ? 20_000 : 100_000);
    await nats.stop();
    return [
      { what: 'none: CPU', unit: 'µs/req', digits: 0, figures: measured.off.totalCpu },
      { what: 'both: CPU', unit: 'µs/req', digits: 0, figures: measured.on.totalCpu },
      {
        what: 'CPU of both to none',
        unit: 'ratio',
        digits: 2,
        figures: ratios(measured.on.totalCpu, measured.off.totalCpu),
        aim: { atMost: 1.3 },
      },
      {
        what: 'to NATS, one worker',
        unit: 'events/s',
        digits: 0,
        figures: [drained.perSecond],
        aim: { atLeast: 5000 },
      },
      { what: 'CPU', unit: 'µs/event', digits: 0, figures: [drained.totalCpu] },
      { what: 'of it the worker', unit: 'µs/event', digits: 0, figures: [drained.workerCpu] },
    ];
  },
};

/** One worker drains the queue, without its start. */
async function drain(
  lab: Lab,
  database: Database,
  url: string,
  count: number,
): Promise<{ readonly perSecond: number; readonly workerCpu: number; readonly totalCpu: number }> {
  await database.query('TRUNCATE event_queue');
  await database.query(
    `WITH stored AS (
       INSERT INTO events (day, at, id, type, user_id, sequence, data)
       SELECT (extract(epoch FROM at)::bigint / 86400 % 32), at, gen_random_uuid(), 'user.created', user_id, 1,
              jsonb_build_object('user_id', user_id, 'version', 1)
         FROM (SELECT now() AS at, gen_random_uuid() AS user_id FROM generate_series(1, $1)) AS new
       RETURNING at, id, user_id)
     INSERT INTO event_queue (destination, share, event_at, event_id)
     SELECT 'nats', get_byte(uuid_send(user_id), 15) % 16, at, id FROM stored`,
    [count],
  );
  await database.query('VACUUM ANALYZE event_queue');
  const waiting = async () =>
    (
      await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM event_queue WHERE destination = 'nats'`,
      )
    )[0]?.n ?? 0;
  const worker = await lab.worker(database, { EVENTS_URL: url });
  const first = await waitFor('the first events', async () => {
    const left = await waiting();
    return (
      left < count && {
        left,
        at: performance.now(),
        cpu: cpuSeconds(worker.pid),
        postgres: postgresCpuSeconds(lab.postmaster),
      }
    );
  });
  await waitFor('the last event', async () => (await waiting()) === 0, LIMIT_MS, 20);
  const seconds = (performance.now() - first.at) / 1000;
  const spent = (cpuSeconds(worker.pid) - first.cpu) * MICROSECONDS;
  const served = (postgresCpuSeconds(lab.postmaster) - first.postgres) * MICROSECONDS;
  await worker.stop();
  return {
    perSecond: first.left / seconds,
    workerCpu: spent / first.left,
    totalCpu: (spent + served) / first.left,
  };
}
