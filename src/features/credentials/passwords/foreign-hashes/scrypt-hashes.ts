import { createCipheriv, scryptSync } from 'node:crypto';

import { type HashForm, paddedBase64 } from './foreign-hash.js';

const MEBIBYTE = 1_048_576;
/** Of one lane, and filled by all lanes together: seconds of CPU, the limit of argon2 as well. */
const MOST_BYTES = { lane: 64 * MEBIBYTE, filled: 1024 * MEBIBYTE };

const SPRING = /^\{scrypt\}\$([1-9a-f][0-9a-f]{4,6})\$([^$]*)\$([^$]*)$/;
const FIREBASE =
  /^\$fbscrypt\$v=1,n=([1-9]\d?),r=([1-9]\d{0,2}),p=([1-9]\d{0,2}),ss=([^,$]*),sk=([^,$]*)\$([^$]*)\$([^$]*)$/;

/** Cost parameters of RFC 7914, with the logarithm of N to the base 2. */
interface Costs {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/**
 * `{scrypt}$<parameters>$<salt>$<digest>` of Spring Security: log₂ N, r and p as bytes in
 * hexadecimal, so that `e0801` means N = 2¹⁴, r = 8, p = 1.
 * https://github.com/spring-projects/spring-security, `SCryptPasswordEncoder`
 */
export const springScrypt: HashForm = (text) => {
  const [, hex = '', encodedSalt, encoded] = SPRING.exec(text) ?? [];
  const parameters = Number.parseInt(hex, 16);
  const costs = { logN: parameters >>> 16, r: (parameters >>> 8) & 0xff, p: parameters & 0xff };
  const salt = paddedBase64(encodedSalt, [1, 128]);
  const digest = paddedBase64(encoded, [16, 64]);
  if (salt === undefined || digest === undefined || costs.r === 0 || costs.p === 0)
    return undefined;
  return {
    affordable: isAffordable(costs),
    digest,
    derive: (password) => scrypt(password, salt, digest.length, costs),
  };
};

/**
 * `$fbscrypt$v=1,n=<log₂ N>,r=<r>,p=<p>,ss=<salt separator>,sk=<signer key>$<salt>$<digest>`:
 * Firebase encrypts the signer key of the project with what scrypt derives from the password.
 * https://github.com/firebase/scrypt
 */
export const firebaseScrypt: HashForm = (text) => {
  const [, logN, r, p, separator, key, own, encoded] = FIREBASE.exec(text) ?? [];
  const costs = { logN: Number(logN), r: Number(r), p: Number(p) };
  const saltSeparator = paddedBase64(separator, [0, 64]);
  const signerKey = paddedBase64(key, [16, 128]);
  const salt = paddedBase64(own, [1, 128]);
  const digest = paddedBase64(encoded, [16, 128]);
  if (!saltSeparator || !signerKey || !salt || digest?.length !== signerKey.length)
    return undefined;
  return {
    affordable: isAffordable(costs),
    digest,
    derive: (password) => {
      const derived = scrypt(password, Buffer.concat([salt, saltSeparator]), 32, costs);
      return createCipheriv('aes-256-ctr', derived, Buffer.alloc(16)).update(signerKey);
    },
  };
};

function memoryOf({ logN, r }: Costs): number {
  return 128 * 2 ** logN * r;
}

function isAffordable(costs: Costs): boolean {
  const bytes = memoryOf(costs);
  return bytes <= MOST_BYTES.lane && bytes * costs.p <= MOST_BYTES.filled;
}

function scrypt(password: Buffer, salt: Buffer, length: number, costs: Costs): Buffer {
  const { logN, r, p } = costs;
  // OpenSSL counts some buffers more than the memory of the RFC.
  const maxmem = memoryOf(costs) + 128 * r * (p + 2) + MEBIBYTE;
  return scryptSync(password, salt, length, { N: 2 ** logN, r, p, maxmem });
}
