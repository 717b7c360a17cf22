import { isUtf8 } from 'node:buffer';

import { toPointer } from './validation.js';

/**
 * Levels of arrays and objects in a body: far more than any of ours has, and few enough for
 * whatever walks through it by recursion, as `JSON.stringify` does.
 */
export const MAX_DEPTH = 32;
/** So that an answer is not longer than its request. */
const MAX_POINTERS = 100;

/**
 * Where a JSON value has texts that are `wrong`, as RFC 6901 pointers; a key counts for its object.
 * Not below `MAX_DEPTH`, and of many some.
 */
export function textsThatAre(wrong: (text: string) => boolean, value: unknown): string[] {
  const found = new Set<string>();
  const visit = (here: unknown, path: readonly string[]): void => {
    if (found.size === MAX_POINTERS || path.length > MAX_DEPTH) return;
    if (typeof here === 'string' && wrong(here)) found.add(toPointer(path));
    if (typeof here !== 'object' || here === null) return;
    if (Object.keys(here).some(wrong)) found.add(toPointer(path));
    for (const [key, inner] of Object.entries(here)) visit(inner, [...path, key]);
  };
  visit(value, []);
  return [...found];
}

/**
 * Where the texts of a JSON document are that are no UTF-8; the whole document, where it cannot be
 * told.
 */
export function textsThatAreNoUtf8(document: Buffer): string[] {
  try {
    // One character for each byte: what is ASCII, and so the structure, can be read.
    const pointers = textsThatAre(
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

/** Without a byte-order mark, too. An escape names a character, which must not be taken for a byte. */
function withoutEscapes(text: string): string {
  return text
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .replace(/\\(?:u[\da-f]{4}|.)/gis, (escape) => (/^\\u/i.test(escape) ? '?' : escape));
}
