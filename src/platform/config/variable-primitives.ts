import { z } from 'zod';

/**
 * Building blocks of the environment schema. A message describes the rule and never repeats the
 * value, because the printed fault list must not contain a mistyped secret. The description is the
 * rule in words for `docs/configuration.md`.
 */

/** `true`/`false`, `1`/`0`, `yes`/`no`, `on`/`off`, in any case. */
export const flag = z.stringbool({ error: 'must be true or false' }).describe('boolean');

/** A decimal whole number within `[min, max]`. */
export function whole(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error: rule })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error: rule })
    .describe(`integer, ${min} to ${max}`);
}

/** The largest `integer` of PostgreSQL, which stores many durations: 68 years in seconds. */
const LARGEST_INTEGER = 2_147_483_647;

/**
 * Maximum of timers in milliseconds: 23 days. Node's timers fire at once above 2³¹ − 1, two days
 * more; the difference is for margins added to a limit.
 */
export const LONGEST_TIMER_MS = 2_000_000_000;

/** Seconds without a timer, compared in the database or with a clock. */
export function seconds(min = 1) {
  return whole(min, LARGEST_INTEGER).describe(`seconds, ${min} to ${LARGEST_INTEGER}`);
}

/** Seconds that one timer waits. */
export function timerSeconds(min = 1) {
  const max = LONGEST_TIMER_MS / 1000;
  return whole(min, max).describe(`seconds, ${min} to ${max}`);
}

/** Milliseconds that one timer waits. */
export function timerMilliseconds(min: number, max = LONGEST_TIMER_MS) {
  return whole(min, max).describe(`milliseconds, ${min} to ${max}`);
}

/** One of the given words, in any case; returned as listed. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const byLowerCase = new Map<string, Words[number]>(
    words.map((word) => [word.toLowerCase(), word]),
  );
  return z
    .string()
    .transform((given) => byLowerCase.get(given.toLowerCase()) as Words[number])
    .refine((word) => word !== undefined, { error: `must be one of ${words.join(', ')}` })
    .describe(words.map((word) => `\`${word}\``).join(', '));
}

/** A comma list; elements are trimmed and none may be empty. */
export function list(of = 'comma list') {
  return z
    .string()
    .transform((value) => value.split(',').map((element) => element.trim()))
    .refine((elements) => elements.every((element) => element !== ''), {
      error: 'must not have an empty element',
    })
    .describe(of);
}

/** Free text of one line. */
export function text(max = 1000) {
  return z
    .string()
    .max(max, { error: `must have at most ${max} characters` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'must not contain control characters' })
    .describe('text');
}

/** True when a secret has at least 32 bytes, the size of the keys it is used for (RFC 7518 §3.2). */
export function isStrong(secret: string): boolean {
  return Buffer.byteLength(secret, 'utf8') >= 32;
}
