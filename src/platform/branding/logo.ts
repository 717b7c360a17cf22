import { readFileSync } from 'node:fs';

/** Mails carry it, so that it has to be small. */
export const MAX_LOGO_BYTES = 100_000;

/** The first bytes of the formats that mail programs show. They do not show SVG. */
const FORMATS = [
  { type: 'image/png', start: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', start: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', start: [0x47, 0x49, 0x46, 0x38] },
];

/** A picture, in memory. */
export interface Logo {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The picture in a file, or the rule that the file breaks. */
export function readLogo(path: string): Logo | { readonly rule: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return { rule: 'must be a file that can be read' };
  }
  const format = FORMATS.find(({ start }) =>
    bytes.subarray(0, start.length).equals(Buffer.from(start)),
  );
  if (format === undefined) return { rule: 'must be a PNG, JPEG or GIF' };
  if (bytes.length > MAX_LOGO_BYTES) return { rule: `must have at most ${MAX_LOGO_BYTES} bytes` };
  return { type: format.type, bytes };
}
