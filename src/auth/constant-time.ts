import { setTimeout as delay } from 'node:timers/promises';

/** Well above what the work takes (about 5 ms), and nothing to people. */
const FLOOR_MS = 100;

/**
 * Answers when the work is done, and never sooner than the floor: what differs between a known and
 * an unknown address, here and in the jobs that follow, disappears below it.
 */
export async function atLeast<Answer>(work: Promise<void>, answer: Answer): Promise<Answer> {
  await Promise.all([work, delay(FLOOR_MS)]);
  return answer;
}
