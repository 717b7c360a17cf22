import { createHash, randomBytes } from 'node:crypto';

/** Codes of a set. */
export const CODES = 10;
/** 120 bits: from 112 bits on a fast hash is enough (NIST SP 800-63B-4 §3.1.2.2, ASVS 5.0 6.5.2). */
const CODE_BYTES = 15;

/** Crockford's base 32: without I, L, O and U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_LETTER = 5;

/** A set of new codes, in groups of four letters: `K7QF-…`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    const bits = BigInt(`0x${randomBytes(CODE_BYTES).toString('hex')}`)
      .toString(2)
      .padStart(CODE_BYTES * 8, '0');
    const letters = bits
      .match(new RegExp(`.{${BITS_PER_LETTER}}`, 'g'))
      ?.map((five) => ALPHABET.charAt(Number.parseInt(five, 2)))
      .join('');
    return (letters ?? '').replaceAll(/.{4}(?=.)/g, '$&-');
  });
}

/** What is stored of a code. Case, dashes and spaces do not matter, and letters that look like digits are digits. */
export function hashOfCode(userId: string, code: string): Buffer {
  const letters = code
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(`${userId}:${letters}`).digest();
}
