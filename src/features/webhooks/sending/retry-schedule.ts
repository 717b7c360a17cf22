/** Milliseconds before the first retry; doubled each time up to the longest. */
const FIRST_MS = 5000;
const LONGEST_MS = 3_600_000;
/** So that deliveries that failed together do not come back together. */
const JITTER = 0.2;

/**
 * The wait before the next attempt, in milliseconds.
 * @param failures so far, from 1.
 * @param askedMs what the receiver asked for by `Retry-After`; it lengthens the wait.
 */
export function waitMs(failures: number, askedMs = 0, random = Math.random()): number {
  const plain = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
  return Math.max(plain * (1 - JITTER + 2 * JITTER * random), askedMs);
}
