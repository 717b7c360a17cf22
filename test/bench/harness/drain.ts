import { request } from '../../support/caller.js';
import { waitFor } from '../../support/wait-for.js';
import type { Lab } from './lab.js';
import { launch, nodeArguments, type Server } from './launch.js';
import { cpuSeconds, postgresCpuSeconds } from './process-cost.js';

const LIMIT_MS = 300_000;
const MICROSECONDS = 1e6;

/** How many have arrived. */
export interface Arrivals {
  readonly count: number;
  /** When, in milliseconds of any clock. */
  readonly at: number;
}

/** What a worker took to bring what waited to where it belongs. */
export interface Drained {
  readonly perSecond: number;
  /** CPU time of the worker for each, in microseconds. */
  readonly workerCpu: number;
  /** The same with that of PostgreSQL. */
  readonly totalCpu: number;
}

/**
 * Waits until a worker has drained what waits.
 * @param arrivals asked again and again, so it must cost little.
 * @param from what arrived before meets a process that still warms up, and does not count.
 */
export async function drained(
  { postmaster }: Lab,
  worker: Server,
  arrivals: () => Promise<Arrivals>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Drained> {
  const cpu = () => ({
    worker: cpuSeconds(worker.pid),
    postgres: postgresCpuSeconds(postmaster),
  });
  const until = (wanted: number) =>
    waitFor(
      `${wanted} arrivals`,
      async () => {
        const now = await arrivals();
        return now.count >= wanted && { ...now, cpu: cpu() };
      },
      LIMIT_MS,
      20,
    );
  const first = await until(from);
  const last = await until(to);
  const count = last.count - first.count;
  const each = (seconds: number) => (seconds * MICROSECONDS) / count;
  const workerCpu = last.cpu.worker - first.cpu.worker;
  return {
    perSecond: (count / (last.at - first.at)) * 1000,
    workerCpu: each(workerCpu),
    totalCpu: each(workerCpu + last.cpu.postgres - first.cpu.postgres),
  };
}

/** A receiver in a process of its own that takes everything. */
export async function startSink(): Promise<
  Server & { readonly arrivals: () => Promise<Arrivals> }
> {
  const sink = await launch(nodeArguments('sink'), {});
  return {
    ...sink,
    arrivals: async () => (await request<Arrivals>(`${sink.url}/count`)).body,
  };
}
