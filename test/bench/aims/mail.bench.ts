import { request } from '../../support/caller.js';
import type { Benchmark } from '../harness/benchmark.js';
import { type Drained, drained, startSink } from '../harness/drain.js';
import type { Database, Lab } from '../harness/lab.js';
import { addWaitingMails } from '../harness/mail-backlog.js';
import { ratios } from '../harness/statistics.js';

/** The first deliveries meet a process that still warms up. */
const WARM_UP = 2_000;

/** Welcome mails delivered by one worker process to an HTTP mail service, few and many waiting. */
export const mail: Benchmark = {
  name: 'mail',
  title: 'mail jobs of one worker process, the first of those that wait',
  async run(lab, { quick, rounds }) {
    const [jobs, waiting] = quick ? [8000, 50_000] : [20_000, 1_000_000];
    const few = await withOneJob(lab, 'bench_mail_few');
    const many = await withOneJob(lab, 'bench_mail_many');
    await addWaitingMails(many, waiting);
    const figures: Record<'few' | 'many', Drained[]> = { few: [], many: [] };
    const repetitions = quick ? 1 : Math.min(3, rounds);
    for (let round = 0; round < repetitions; round += 1) {
      await addWaitingMails(few, jobs);
      figures.few.push(await deliver(lab, few, jobs));
      figures.many.push(await deliver(lab, many, jobs));
    }
    const rate = (name: 'few' | 'many') => figures[name].map(({ perSecond }) => perSecond);
    const cpu = (name: 'workerCpu' | 'totalCpu') => figures.few.map((delivered) => delivered[name]);
    return [
      {
        what: `${jobs} waiting`,
        unit: 'jobs/s',
        digits: 0,
        figures: rate('few'),
        aim: { atLeast: 2000 },
      },
      { what: 'CPU', unit: 'µs/job', digits: 0, figures: cpu('totalCpu') },
      { what: 'of it the worker', unit: 'µs/job', digits: 0, figures: cpu('workerCpu') },
      { what: `${waiting} waiting`, unit: 'jobs/s', digits: 0, figures: rate('many') },
      {
        what: 'many waiting to few',
        unit: 'ratio',
        digits: 2,
        figures: ratios(rate('many'), rate('few')),
        aim: { atLeast: 0.95 },
      },
    ];
  },
};

/** A database that holds one sign-up, to be copied. */
async function withOneJob(lab: Lab, name: string): Promise<Database> {
  const database = await lab.database(name);
  const api = await lab.api(database);
  const body = { email: 'bench@example.com', name: 'Bench' };
  const { status } = await request(`${api.url}/users`, { method: 'POST', body });
  await api.stop();
  if (status !== 201) throw new Error(`sign-up answered ${status}`);
  return database;
}

/** @param wanted how many deliveries are waited for. */
async function deliver(lab: Lab, database: Database, wanted: number): Promise<Drained> {
  const sink = await startSink();
  const worker = await lab.worker(database, { EMAIL_SERVICE_URL: sink.url });
  const figures = await drained(lab, worker, sink.arrivals, { from: WARM_UP, to: wanted });
  await Promise.all([worker.stop(), sink.stop()]);
  return figures;
}
