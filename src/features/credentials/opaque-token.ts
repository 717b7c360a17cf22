import { createHash, randomBytes } from 'node:crypto';

/** Bytes of a token that says nothing: nobody guesses it. */
const TOKEN_BYTES = 32;

/** A new token, in base64url. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** SHA-256 of a token: what rows keep, and are found by. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
