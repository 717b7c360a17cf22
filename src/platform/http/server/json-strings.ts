import { isUtf8 } from 'node:buffer';

import { toPointer } from '../validation/validation.js';

/**
 * Maximum depth of a body: far above that of our schemas, and safe for recursive functions such as
 * `JSON.stringify`.
 */
export const MAX_DEPTH = 32;
/** Maximum pointers in one answer: otherwise an answer could be longer than its request. */
const MAX_POINTERS = 100;

/**
 * Finds the strings of a JSON value that match. Looks no deeper than `MAX_DEPTH`, and stops at `MAX_POINTERS`.
 * @returns RFC 6901 pointers. A matching key gives the pointer of its object.
 */
export function findStrings(isWanted: (text: string) => boolean, value: unknown): string[] {
  const found = new Set<string>();
  const visit = (here: unknown, path: readonly string[]): void => {
    if (found.size === MAX_POINTERS || path.length > MAX_DEPTH) return;
    if (typeof here === 'string' && isWanted(here)) found.add(toPointer(path));
    if (typeof here !== 'object' || here === null) return;
    if (Object.keys(here).some(isWanted)) found.add(toPointer(path));
    for (const [key, inner] of Object.entries(here)) visit(inner, [...path, key]);
  };
  visit(value, []);
  return [...found];
}

/**
 * Finds the strings of a JSON document that are not UTF-8.
 * @returns RFC 6901 pointers, or the pointer of the whole document if the position is unknown.
 */
export function findNonUtf8Strings(document: Buffer): string[] {
  try {
    // Latin-1 makes one character of each byte. The structure of JSON is ASCII, so it can be parsed.
    const pointers = findStrings(
      (text) => !isUtf8(Buffer.from(text, 'latin1')),
      JSON.parse(withoutEscapes(document.toString('latin1'))),
    );
    if (pointers.length > 0)
      return pointers.map((pointer) => Buffer.from(pointer, 'latin1').toString('utf8'));
  } catch {
    // Not even JSON.
  }
  return [''];
}

/** Also removes a byte-order mark. An escape is a character, and must not be read as a byte. */
function withoutEscapes(text: string): string {
  return text
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .replace(/\\(?:u[\da-f]{4}|.)/gis, (escape) => (/^\\u/i.test(escape) ? '?' : escape));
}
