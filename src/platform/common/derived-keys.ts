import { hkdfSync } from 'node:crypto';

/** Keys of one purpose: the first makes, all are tried when something made before is judged. */
export type DerivedKeys = readonly [Buffer, ...Buffer[]];

/**
 * A 256-bit key from each secret, for one purpose alone (HKDF-SHA-256, RFC 5869), so that nothing
 * made for another purpose can stand in.
 */
export function deriveKeys(secrets: readonly string[], purpose: string): DerivedKeys {
  const [first = '', ...others] = secrets;
  const derive = (secret: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `user-api/${purpose}`, 32));
  return [derive(first), ...others.map(derive)];
}
