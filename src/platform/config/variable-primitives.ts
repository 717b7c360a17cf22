import { z } from 'zod';

/**
 * Building blocks of the environment schema. A message describes the rule and never repeats the
 * value, because the printed fault list must not contain a mistyped secret. The description is the
 * rule in words for `docs/configuration.md`.
 */

/** `true`/`false`, `1`/`0`, `yes`/`no`, `on`/`off`, in any case. */
export const flag = z.stringbool({ error: 'must be true or false' }).describe('boolean');

/** What each variable is before it is read. One for all, as a start would make hundreds of them. */
const typed = z.string();

/** What `parse` makes of the value. @param rule that the value breaks when `parse` gives `undefined`. */
function read<Output>(rule: string, parse: (value: string) => Output | undefined) {
  return typed.transform((value, context) => {
    const output = parse(value);
    if (output !== undefined) return output;
    context.addIssue(rule);
    return z.NEVER;
  });
}

/** A decimal whole number within `[min, max]`. @param unit how documentation names it. */
export function whole(min: number, max: number, unit = 'integer') {
  return read(`must be a whole number from ${min} to ${max}`, (value) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
    return number >= min && number <= max ? number : undefined;
  }).describe(`${unit}, ${min} to ${max}`);
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
  return whole(min, LARGEST_INTEGER, 'seconds');
}

/** Seconds that one timer waits. */
export function timerSeconds(min = 1) {
  return whole(min, LONGEST_TIMER_MS / 1000, 'seconds');
}

/** Milliseconds that one timer waits. */
export function timerMilliseconds(min: number, max = LONGEST_TIMER_MS) {
  return whole(min, max, 'milliseconds');
}

/** One of the given words, in any case; returned as listed. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const byLowerCase = new Map<string, Words[number]>(
    words.map((word) => [word.toLowerCase(), word]),
  );
  return read(`must be one of ${words.join(', ')}`, (given) =>
    byLowerCase.get(given.toLowerCase()),
  ).describe(words.map((word) => `\`${word}\``).join(', '));
}

/** A comma list; elements are trimmed and none may be empty. */
export function list(of = 'comma list') {
  return read('must not have an empty element', (value) => {
    const elements = value.split(',').map((element) => element.trim());
    return elements.includes('') ? undefined : elements;
  }).describe(of);
}

/** Free text of one line. */
export function text(max = 1000) {
  return typed
    .max(max, { error: `must have at most ${max} characters` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'must not contain control characters' })
    .describe('text');
}

/** True when a secret has at least 32 bytes, the size of the keys it is used for (RFC 7518 §3.2). */
export function isStrong(secret: string): boolean {
  return Buffer.byteLength(secret, 'utf8') >= 32;
}
