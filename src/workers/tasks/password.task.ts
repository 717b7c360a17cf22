import { hashSync, verifySync } from '@node-rs/argon2';

// Runs in a worker thread: it may import nothing of the application but src/common.

/**
 * OWASP Password Storage Cheat Sheet: argon2id (the package's default), 19 MiB, 2 passes, 1 lane.
 */
const OPTIONS = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;

/** Hashes a password into PHC string format. The synchronous form is as fast and queues with us. */
export function hash(password: string): string {
  return hashSync(password, OPTIONS);
}

/** Whether a password belongs to a hash. */
export function verify({ hash: stored, password }: { hash: string; password: string }): boolean {
  return verifySync(stored, password);
}
