import { isUtf8 } from 'node:buffer';

const BYTE_ORDER_MARK = '\u{FEFF}';

/** Bytes of somebody else's that are no UTF-8 text. */
export class NotUtf8 extends Error {
  constructor() {
    super('is not UTF-8');
  }
}

/**
 * The text of foreign bytes. A lenient decoder makes U+FFFD of whatever it cannot read, and so
 * equal texts of different bytes. A byte-order mark at the start is no part of the text.
 * @throws NotUtf8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new NotUtf8();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
}

/**
 * Whether a text that Node has decoded already (arguments, environment, terminal) had bytes that are no UTF-8: it
 * puts U+FFFD in their place, which nobody types.
 */
export function wasNotUtf8(text: string): boolean {
  return text.includes('\u{FFFD}');
}
