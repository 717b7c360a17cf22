import { isUtf8 } from 'node:buffer';

const BYTE_ORDER_MARK = '\u{FEFF}';

/** Bytes from outside are not UTF-8. */
export class NotUtf8 extends Error {
  constructor() {
    super('is not UTF-8');
  }
}

/**
 * Decodes bytes from outside, without a byte-order mark at their start. A lenient decoder replaces
 * invalid bytes with U+FFFD, so that different bytes become equal texts.
 * @throws NotUtf8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new NotUtf8();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
}

/**
 * Whether a text that Node has already decoded (arguments, environment, terminal) came from bytes that are not UTF-8.
 * Node writes U+FFFD for them, which does not occur in typed text.
 */
export function wasNotUtf8(text: string): boolean {
  return text.includes('\u{FFFD}');
}
