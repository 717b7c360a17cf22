import { randomBytes } from 'node:crypto';

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane. */
export const argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const ARGON2ID = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/;

/** Whether a stored hash is weaker than what is made today, and due for an upgrade. */
export function isWeak(hash: string): boolean {
  const [, memory = '0', time = '0'] = ARGON2ID.exec(hash) ?? [];
  return Number(memory) < argon2Parameters.memoryCost || Number(time) < argon2Parameters.timeCost;
}

/** What bcrypt looks at: the password and the NUL behind it, over and over until there are 72 bytes. */
const BCRYPT_BYTES = 72;

/**
 * Whether a match against the hash proves the whole password, so that a stronger hash may be made
 * of it. bcrypt proves one whose end it saw. Of a longer one it never saw the rest, and a NUL within
 * makes the repeated short one look the same.
 */
export function provesAll(hash: string, password: string): boolean {
  if (hash.startsWith('$argon2')) return true;
  return Buffer.byteLength(password) < BCRYPT_BYTES && !password.includes('\0');
}

/** A hash of today's parameters that no password is known for: verifying costs what a real one costs. */
export function unmatchableHash(): string {
  const { memoryCost, timeCost, parallelism } = argon2Parameters;
  const base64 = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`;
}
