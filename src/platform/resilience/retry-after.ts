/** Maximum accepted wait, in milliseconds. */
const LONGEST_MS = 3_600_000;

/**
 * The wait in a `Retry-After` header: seconds, or a date (RFC 9110 §10.2.3).
 * @returns milliseconds, an hour at most; undefined if the header is missing or invalid.
 */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : dateOf(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_MS);
}

/** An HTTP date begins with the name of a day; its oldest form omits GMT. */
function dateOf(text: string): number {
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return NaN;
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
}
