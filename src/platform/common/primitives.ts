import { z } from 'zod';

/** Building blocks of request and response schemas. */

/** Timestamp of a response: ISO 8601 in UTC with milliseconds. */
export const timestamp = z.iso.datetime();

/**
 * An id from a caller in canonical form for comparisons and map keys: both cases are accepted,
 * lower case is written (RFC 9562 §4).
 */
export function canonicalId(id: string): string {
  return id.toLowerCase();
}

/** An id in a request or command: any UUID. */
export const uuid = z.uuid({ error: 'must be a UUID' }).overwrite(canonicalId);

/** Text without control characters, trimmed, of `min` to `max` characters (code points). */
export function line(min: number, max: number) {
  return z
    .string({ error: 'must be text' })
    .trim()
    .refine((value) => isWellFormed(value), { error: 'must not contain control characters' })
    .refine((value) => within(value, min, max), {
      error: `must have ${min} to ${max} characters`,
    })
    .meta({ minLength: min, maxLength: max });
}

/**
 * True if the text is valid for PostgreSQL and mail headers: no control characters, no lone
 * surrogates.
 */
export function isWellFormed(value: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(value);
}

/** Whether a text has between `min` and `max` code points. */
export function within(value: string, min: number, max: number): boolean {
  // A code point has at most two UTF-16 units: the cheap comparison avoids counting huge texts.
  if (value.length > max * 2) return false;
  const { length } = [...value];
  return length >= min && length <= max;
}

/** A page's size, from a query string. */
export const pageLimit = z
  .string()
  .regex(/^\d{1,3}$/, { error: 'must be a whole number from 1 to 100' })
  .transform(Number)
  .refine((value) => value >= 1 && value <= 100, { error: 'must be a whole number from 1 to 100' })
  .default(20)
  .meta({ type: 'integer', minimum: 1, maximum: 100 });
