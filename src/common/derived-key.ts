import { hkdfSync } from 'node:crypto';

/** RFC 5869: a key for one purpose alone, so that what it makes stands in for nothing else. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `user-api/${purpose}`, 32));
}
