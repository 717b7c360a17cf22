import { timingSafeEqual } from 'node:crypto';

import { md5Crypt, sha256Crypt, sha512Crypt } from './crypt-hashes.js';
import type { ForeignHash, HashForm } from './foreign-hash.js';
import { djangoPbkdf2, phcPbkdf2 } from './pbkdf2-hashes.js';
import { phpass } from './phpass-hash.js';
import { firebaseScrypt, springScrypt } from './scrypt-hashes.js';

const forms: readonly HashForm[] = [
  djangoPbkdf2,
  phcPbkdf2,
  springScrypt,
  firebaseScrypt,
  phpass,
  md5Crypt,
  sha256Crypt,
  sha512Crypt,
];

/** Reads a password hash of another system; undefined if it has no known form. */
export function readForeignHash(text: string): ForeignHash | undefined {
  for (const form of forms) {
    const hash = form(text);
    if (hash !== undefined) return hash;
  }
  return undefined;
}

/** Whether a password belongs to a hash of another system. Occupies its thread. */
export function matchesForeignHash(text: string, password: string): boolean {
  const hash = readForeignHash(text);
  if (hash?.affordable !== true) return false;
  return timingSafeEqual(hash.derive(Buffer.from(password)), hash.digest);
}
