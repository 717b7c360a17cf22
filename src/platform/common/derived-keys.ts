import { hkdfSync } from 'node:crypto';

/** Keys of one purpose: the first one creates, all are tried for verification. */
export type DerivedKeys = readonly [Buffer, ...Buffer[]];

/**
 * A 256-bit key from each secret, for one purpose only (HKDF-SHA-256, RFC 5869), so that values of
 * other purposes are never valid.
 */
export function deriveKeys(secrets: readonly (string | Buffer)[], purpose: string): DerivedKeys {
  const [first = '', ...others] = secrets;
  const derive = (secret: string | Buffer) =>
    Buffer.from(hkdfSync('sha256', secret, '', `user-api/${purpose}`, 32));
  return [derive(first), ...others.map(derive)];
}
