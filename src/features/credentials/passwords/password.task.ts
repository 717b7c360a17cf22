import { hashSync, verifySync } from '@node-rs/argon2';

import { argon2Parameters } from './password-hash.js';

// Runs in a worker thread: it may load only what .dependency-cruiser.cjs lists.

/**
 * Hashes a password into PHC string format. The synchronous form is as fast, and our queue
 * schedules it.
 */
export function hash(password: string): string {
  return hashSync(password, argon2Parameters);
}

/** Whether a password belongs to a hash: argon2 of any parameters, or bcrypt of an imported user. */
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
    // Loaded only where there are such hashes; they become argon2 at the first sign-in.
    const bcrypt = await import('@node-rs/bcrypt');
    return bcrypt.verifySync(password, stored) && typed;
  } catch {
    // An invalid hash matches no password.
    return false;
  }
}
