import { setTimeout as delay } from 'node:timers/promises';

/**
 * Milliseconds that answers take at least where they must not tell whether there is an account:
 * longer than any of the work behind them, and nothing to people.
 */
export const ANSWER_FLOOR_MS = 100;

/**
 * Settles as the work does, and never sooner than the floor: what the work's time tells about
 * accounts disappears below it.
 */
export async function withMinimumDuration<Result>(
  floorMs: number,
  work: Promise<Result>,
): Promise<Result> {
  await Promise.allSettled([work, delay(floorMs)]);
  return work;
}
