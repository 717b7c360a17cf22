/** A password hash of another system, read from its text. */
export interface ForeignHash {
  /** Whether its cost is low enough for a sign-in. */
  readonly affordable: boolean;
  readonly digest: Buffer;
  /** The digest of a password: the same as `digest` for the right one. Occupies its thread. */
  derive(password: Buffer): Buffer;
}

/** Reads a hash of one form; undefined for texts that no password can match in this form. */
export type HashForm = (text: string) => ForeignHash | undefined;

/** Sizes of salts, keys and digests in bytes. */
export type Sizes = readonly [least: number, most: number];

/** The bytes of canonical, padded base64; undefined for any other text or size. */
export function paddedBase64(text: string | undefined, [least, most]: Sizes): Buffer | undefined {
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const canonical = bytes.toString('base64') === text;
  return canonical && bytes.length >= least && bytes.length <= most ? bytes : undefined;
}

/** The bytes of canonical base64 without padding; undefined for any other text or size. */
export function unpaddedBase64(text: string | undefined, sizes: Sizes): Buffer | undefined {
  if (text === undefined || text.includes('=')) return undefined;
  return paddedBase64(text.padEnd(Math.ceil(text.length / 4) * 4, '='), sizes);
}
