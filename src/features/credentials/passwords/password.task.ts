import { hashSync, verifySync } from '@node-rs/argon2';

import { matchesForeignHash } from './foreign-hashes/foreign-hashes.js';
import { argon2Parameters, isBcrypt } from './password-hash.js';

// Runs in a worker thread: it may load only what .dependency-cruiser.cjs lists.

/**
 * Hashes a password into PHC string format. The synchronous form is as fast, and our queue
 * schedules it.
 */
export function hash(password: string): string {
  return hashSync(password, argon2Parameters);
}

/**
 * Whether a password belongs to a hash: argon2 of any parameters, or a hash of an imported user,
 * which becomes argon2 at the first sign-in.
 */
export async function verify({
  hash: stored,
  password,
}: {
  hash: string;
  password: string;
}): Promise<boolean> {
  // The verifiers would read each lone surrogate as U+FFFD, so different passwords would match.
  const typed = password.isWellFormed();
  try {
    if (stored.startsWith('$argon2')) return verifySync(stored, password) && typed;
    if (!isBcrypt(stored)) return matchesForeignHash(stored, password) && typed;
    // Loaded only where there are such hashes.
    const bcrypt = await import('@node-rs/bcrypt');
    return bcrypt.verifySync(password, stored) && typed;
  } catch {
    // An invalid hash matches no password.
    return false;
  }
}
