import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Waits until a condition holds and returns its value.
 * @throws after `timeoutMs` with `what`, or with the last error of the condition.
 */
export async function waitFor<Value>(
  what: string,
  condition: () => Promise<Value | undefined | false> | Value | undefined | false,
  timeoutMs = 15_000,
  pollMs = POLL_MS,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const value = await condition();
      if (value !== undefined && value !== false) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(pollMs);
  } while (Date.now() < deadline);
  throw new Error(`waited ${timeoutMs} ms in vain: ${what}`, { cause });
}
