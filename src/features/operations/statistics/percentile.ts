import { DURATION_BUCKETS } from '../../../platform/observability/metrics/request-durations.js';

const lowerBounds = new Map(
  [...DURATION_BUCKETS, Infinity].map((bound, index) => [bound, DURATION_BUCKETS[index - 1] ?? 0]),
);

/** Durations up to a bound in seconds, and above the next lower bound. */
export interface Bucket {
  readonly bound: number;
  readonly count: number;
}

/**
 * A percentile of durations, as Prometheus' `histogram_quantile` estimates it: spread evenly in
 * their bucket; above the last bound, that bound.
 * @param share from 0 to 1. @returns milliseconds, rounded to a tenth.
 */
export function percentile(buckets: readonly Bucket[], share: number): number {
  const sorted = buckets.toSorted((a, b) => a.bound - b.bound);
  const rank = share * sorted.reduce((sum, { count }) => sum + count, 0);
  let below = 0;
  for (const { bound, count } of sorted) {
    if (below + count >= rank) {
      const lower = lowerBounds.get(bound) ?? 0;
      const seconds =
        bound === Infinity ? lower : lower + ((bound - lower) * (rank - below)) / count;
      return Math.round(seconds * 10_000) / 10;
    }
    below += count;
  }
  return 0;
}
