import { z } from 'zod';

import { decodeUtf8 } from './utf8.js';

/**
 * Opaque keyset cursors: base64url of a JSON array. They hold the sort key of the last item and no
 * secret, so that they need no signature; a text that does not decode to the given schema is
 * invalid input.
 */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * A page of a list, from rows that were read with one more than the limit: it shows that another
 * page follows.
 * @param keyOf the sort key of a row.
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keyOf: (row: Row) => string[],
): { items: Item[]; next_cursor: string | null } {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: page.map(toItem), next_cursor: last ? encodeCursor(keyOf(last)) : null };
}

/** A cursor of a query string that holds a sort key of the given shape. */
export function cursorOf<Key>(key: z.ZodType<Key>) {
  return z.string().transform((text, context): Key => {
    const parsed = key.safeParse(decode(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'must be a next_cursor of this list' });
    return z.NEVER;
  });
}

function decode(text: string): unknown {
  try {
    return JSON.parse(decodeUtf8(Buffer.from(text, 'base64url')));
  } catch {
    return undefined;
  }
}
