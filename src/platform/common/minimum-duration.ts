import { setTimeout as delay } from 'node:timers/promises';

/**
 * Minimum duration in milliseconds of answers that must not disclose whether an account exists:
 * longer than the work, and short for people.
 */
export const ANSWER_FLOOR_MS = 100;

/** Settles like the work, but not before the minimum duration, which hides the time of the work. */
export async function withMinimumDuration<Result>(
  floorMs: number,
  work: Promise<Result>,
): Promise<Result> {
  await Promise.allSettled([work, delay(floorMs)]);
  return work;
}
