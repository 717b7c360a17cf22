import { setTimeout as delay } from 'node:timers/promises';

/**
 * Ends a wait in vain, and asserts nothing of time: machines may be busy. Two such waits end before Jest's limit for a
 * test, so that they can say what they waited for. In milliseconds.
 */
export const PATIENCE_MS = 45_000;

/** Between two looks: a tenth of what was waited so far, within these bounds, in milliseconds. */
const POLL_MS = { least: 10, most: 100 };

/**
 * Waits until a condition holds and returns its value.
 * @throws after `timeoutMs` with `what`, or with the last error of the condition.
 */
export async function waitFor<Value>(
  what: string,
  condition: () => Promise<Value | undefined | false> | Value | undefined | false,
  timeoutMs = PATIENCE_MS,
  pollMs?: number,
): Promise<Value> {
  const started = Date.now();
  const deadline = started + timeoutMs;
  let cause: unknown;
  do {
    try {
      const value = await condition();
      if (value !== undefined && value !== false) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    const patience = (Date.now() - started) / 10;
    await delay(pollMs ?? Math.min(Math.max(patience, POLL_MS.least), POLL_MS.most));
  } while (Date.now() < deadline);
  throw new Error(`waited ${timeoutMs} ms in vain: ${what}`, { cause });
}
