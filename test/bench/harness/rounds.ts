import { closedLoop, type Target } from './closed-loop.js';
import type { Effort } from './benchmark.js';
import { cpuSeconds, postgresCpuSeconds } from './process-cost.js';

const MICROSECONDS = 1e6;
/** Until code is compiled and each connection has its plans. */
const WARM_UP_SECONDS = 2;

/** A server under one kind of load. */
export interface Variant {
  readonly target: Target;
  /** Processes whose CPU time is counted; none for a server elsewhere. */
  readonly pids: readonly number[];
}

export interface Load extends Pick<Effort, 'rounds' | 'seconds'> {
  /** 32 unless told; fewer where a request takes long. */
  readonly connections?: number;
}

/** Figures of a variant, one per round. */
export interface Measured {
  /** Requests per second. */
  readonly perSecond: number[];
  /** CPU time of the server per request, in microseconds. */
  readonly serverCpu: number[];
  /** The same with that of PostgreSQL. */
  readonly totalCpu: number[];
}

/**
 * Puts all variants under load in turns, the order reversed each round, after a warm-up that is not
 * counted: whatever else the machine does meets all of them.
 */
export async function inRounds<Name extends string>(
  variants: Readonly<Record<Name, Variant>>,
  postmaster: number,
  { rounds, seconds, connections }: Load,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(variants) as Name[];
  const measured = Object.fromEntries(
    names.map((name): [string, Measured] => [name, { perSecond: [], serverCpu: [], totalCpu: [] }]),
  ) as Record<Name, Measured>;
  for (const name of names)
    await closedLoop(variants[name].target, { seconds: WARM_UP_SECONDS, connections });
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { target, pids } = variants[name];
      const cpu = () => ({
        server: pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0),
        postgres: postgresCpuSeconds(postmaster),
      });
      const before = cpu();
      const { requests, perSecond } = await closedLoop(target, { seconds, connections });
      const after = cpu();
      const cost = (whose: 'server' | 'postgres') =>
        ((after[whose] - before[whose]) * MICROSECONDS) / requests;
      measured[name].perSecond.push(perSecond);
      if (pids.length === 0) continue;
      measured[name].serverCpu.push(cost('server'));
      measured[name].totalCpu.push(cost('server') + cost('postgres'));
    }
  }
  return measured;
}
