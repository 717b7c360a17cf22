import { z } from 'zod';

/**
 * Building blocks of the environment schema. A message describes the rule and never repeats the
 * value, because the fault list is printed and a mistyped secret must not stand in it. The
 * description is the rule in words for `docs/configuration.md`.
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

/** Seconds, from `min` up to a hundred years. */
export function seconds(min = 1) {
  return whole(min, 3_153_600_000);
}

/** One of the given words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z
    .enum(words, { error: `must be one of ${words.join(', ')}` })
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

/** An absolute URL with one of the given schemes (without the colon). */
export function url(...schemes: string[]) {
  const rule = `must be a URL starting with ${schemes.map((scheme) => `${scheme}:`).join(' or ')}`;
  return z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
      {
        error: rule,
      },
    )
    .describe(`URL (${schemes.join(', ')})`);
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
