import { isUtf8 } from 'node:buffer';

import { toPointer } from './validation.js';

/**
 * Where a JSON value has texts that are `wrong`, as RFC 6901 pointers; a key counts for its object.
 * Without recursion, since bodies may be nested as deep as they are long.
 */
export function textsThatAre(wrong: (text: string) => boolean, value: unknown): string[] {
  const found = new Set<string>();
  const open: { readonly path: readonly string[]; readonly value: unknown }[] = [
    { path: [], value },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value: here } = next;
    if (typeof here === 'string' && wrong(here)) found.add(toPointer(path));
    if (typeof here !== 'object' || here === null) continue;
    for (const [key, inner] of Object.entries(here)) {
      if (wrong(key)) found.add(toPointer(path));
      open.push({ path: [...path, key], value: inner });
    }
  }
  return [...found].toSorted();
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
