import { randomBytes } from 'node:crypto';

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane. */
export const argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const ARGON2ID = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/;

/** Whether a stored hash is weaker than new ones and needs an upgrade. */
export function isWeak(hash: string): boolean {
  const [, memory = '0', time = '0'] = ARGON2ID.exec(hash) ?? [];
  return Number(memory) < argon2Parameters.memoryCost || Number(time) < argon2Parameters.timeCost;
}

/** Whether a stored hash is bcrypt, of any version. */
export function isBcrypt(hash: string): boolean {
  return hash.startsWith('$2');
}

/** The input of bcrypt: the password and a NUL, repeated up to 72 bytes. */
const BCRYPT_BYTES = 72;

/**
 * Whether a match against the hash proves the whole password, so that a stronger hash may be made
 * of it. bcrypt proves only a password that it read to its end. It ignores the rest of a longer
 * one, and with a NUL inside, a repeated short password looks the same. So do, for PBKDF2 and
 * scrypt, a password and the same one with NULs behind it.
 */
export function provesWholePassword(hash: string, password: string): boolean {
  if (hash.startsWith('$argon2')) return true;
  if (password.includes('\0')) return false;
  return !isBcrypt(hash) || Buffer.byteLength(password) < BCRYPT_BYTES;
}

/**
 * A hash with the current parameters and an unknown password: verification costs the same as for a
 * real one.
 */
export function unmatchableHash(): string {
  const { memoryCost, timeCost, parallelism } = argon2Parameters;
  const base64 = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`;
}
