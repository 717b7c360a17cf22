import { setTimeout as delay } from 'node:timers/promises';

import { sized } from './drill-length.js';
import { type Footprint, footprint } from './growth.js';
import { type LoadRequest, type Outcome, percentile, startOpenLoop, tally } from './open-loop.js';
import type { Service } from './service.js';
import { waitFor } from './wait-for.js';

/** A process that has just started grows for a while whatever happens; the long drill waits for that to end. */
const WARM_UP_MS = sized(2000, 15_000);
/** How long to watch the service after the outage. */
const AFTERMATH_MS = 4000;
const SAMPLE_MS = 100;
/** A service that keeps up has no more in flight than come in this part of a second. */
const KEEPS_UP = 20;
/** Each third request is for the liveness probe. */
const PROBE_EVERY = 3;

export interface Outage {
  readonly seconds: number;
  readonly rate: number;
  readonly next: (n: number) => LoadRequest;
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
}

/** What an outage looked like from outside; times in milliseconds, memory in MiB. */
export interface OutageReport {
  readonly before: readonly Outcome[];
  readonly during: readonly Outcome[];
  readonly after: readonly Outcome[];
  readonly probes: readonly Outcome[];
  readonly slowest: number;
  /** Median of the second half of the outage, after its detection. */
  readonly laterMedian: number;
  /** From the end of the outage until `/ready` was 200, and until the last request failed. */
  readonly readyAfter: number;
  readonly normalAfter: number;
  readonly mostInFlight: number;
  /** What is still there when all garbage was collected: since the outage began, and since its middle. */
  readonly grown: Grown;
  readonly laterGrown: Grown;
  readonly text: string;
}

/** Memory in MiB. */
type Grown = Pick<Footprint, 'heap' | 'resident'>;

/**
 * Sends a constant load, takes something away for a while, gives it back, and reports.
 * @param service started with `collectingGarbage`.
 */
export async function runOutage(service: Service, outage: Outage): Promise<OutageReport> {
  const load = startOpenLoop(service.url, {
    rate: outage.rate,
    next: (n) => (n % PROBE_EVERY === 0 ? { kind: 'probe', path: '/health' } : outage.next(n)),
  });
  const started = performance.now();
  const now = () => performance.now() - started;
  await delay(WARM_UP_MS);
  // On a busy machine a young process is behind its load: those in flight would count as failed before the outage.
  await waitFor('a service that keeps up', () => load.inFlight() <= outage.rate / KEEPS_UP);
  let mostInFlight = 0;
  const sampler = setInterval(() => {
    mostInFlight = Math.max(mostInFlight, load.inFlight());
  }, SAMPLE_MS);
  const atBegin = await footprint(service);
  const begun = now();
  await outage.begin();
  await delay(outage.seconds * 500);
  const halfway = await footprint(service);
  await delay(outage.seconds * 500);
  const atEnd = await footprint(service);
  await outage.end();
  const ended = now();
  await waitFor('readiness', async () => (await service.get('/ready')).status === 200);
  const readyAfter = now() - ended;
  await delay(AFTERMATH_MS);
  clearInterval(sampler);
  const all = await load.stop();
  const isProbe = ({ request }: Outcome) => request.kind === 'probe';
  const work = all.filter((outcome) => !isProbe(outcome));
  const between = (from: number, to: number) => work.filter(({ at }) => at >= from && at < to);
  const during = between(begun, ended);
  const after = between(ended, Infinity);
  const lastFailure = Math.max(
    ended,
    ...work.filter(({ status }) => status !== 200).map(({ at, ms }) => at + ms),
  );
  const report = {
    before: between(0, begun),
    during,
    after,
    probes: all.filter(isProbe),
    slowest: Math.max(...work.map(({ ms }) => ms)),
    laterMedian: percentile(
      between((begun + ended) / 2, ended).map(({ ms }) => ms),
      0.5,
    ),
    readyAfter,
    normalAfter: lastFailure - ended,
    mostInFlight,
    grown: difference(atEnd, atBegin),
    laterGrown: difference(atEnd, halfway),
  };
  return {
    ...report,
    text:
      `${outage.seconds} s: ${tally(during)}; slowest ${seconds(report.slowest)}, later ` +
      `median ${Math.round(report.laterMedian)} ms; /health ${tally(report.probes)}; at most ` +
      `${mostInFlight} in flight; grown by ${text(report.grown)}, ` +
      `in the second half by ${text(report.laterGrown)}; ready after ` +
      `${seconds(readyAfter)}, normal after ${seconds(report.normalAfter)}`,
  };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

/**
 * Checks that memory does not grow during the outage, except for the normal growth of a young
 * process.
 */
export function expectFlat({
  grown,
  laterGrown,
}: Pick<OutageReport, 'grown' | 'laterGrown'>): void {
  expect(grown.heap).toBeLessThan(10);
  expect(grown.resident).toBeLessThan(60);
  expect(laterGrown.heap).toBeLessThan(3);
  expect(laterGrown.resident).toBeLessThan(20);
}

function difference(later: Footprint, earlier: Footprint): Grown {
  return {
    heap: later.heap - earlier.heap,
    resident: later.resident - earlier.resident,
  };
}

function text({ heap, resident }: Grown): string {
  return `${heap.toFixed(1)} MiB of heap, ${Math.round(resident)} resident`;
}
