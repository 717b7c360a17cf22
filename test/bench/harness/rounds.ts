import { closedLoop, type ClosedLoopResult, type Target } from './closed-loop.js';
import type { Effort } from './benchmark.js';
import { cpuSeconds, postgresCpuSeconds } from './process-cost.js';

const MICROSECONDS = 1e6;
/** Until code is compiled and each connection has its plans, on a machine that does nothing else. */
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
  /** Fewest requests of the warm-up and of a round, however long they take: 0 unless told. */
  readonly atLeast?: { readonly warmUp: number; readonly round: number };
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
  { rounds, seconds, connections, atLeast = { warmUp: 0, round: 0 } }: Load,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(variants) as Name[];
  const measured = Object.fromEntries(
    names.map((name): [string, Measured] => [name, { perSecond: [], serverCpu: [], totalCpu: [] }]),
  ) as Record<Name, Measured>;
  for (const name of names)
    await load(variants[name].target, WARM_UP_SECONDS, atLeast.warmUp, connections);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { target, pids } = variants[name];
      const cpu = () => ({
        server: pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0),
        postgres: postgresCpuSeconds(postmaster),
      });
      const before = cpu();
      const { requests, perSecond } = await load(target, seconds, atLeast.round, connections);
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

/** Load for a while, again and again until there were enough requests. */
async function load(
  target: Target,
  seconds: number,
  atLeast: number,
  connections: number | undefined,
): Promise<ClosedLoopResult> {
  let [requests, took] = [0, 0];
  do {
    const part = await closedLoop(target, { seconds, connections });
    requests += part.requests;
    took += part.requests / part.perSecond;
  } while (requests < atLeast);
  return { requests, perSecond: requests / took };
}
