import { setTimeout as delay } from 'node:timers/promises';

/**
 * Settles as the work does, and never sooner than the floor: what the work's time tells about
 * accounts disappears below it.
 */
export async function noSooner<Result>(floorMs: number, work: Promise<Result>): Promise<Result> {
  await Promise.allSettled([work, delay(floorMs)]);
  return work;
}
