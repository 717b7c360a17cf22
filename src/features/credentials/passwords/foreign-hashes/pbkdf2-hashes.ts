import { pbkdf2Sync } from 'node:crypto';

import { type ForeignHash, type HashForm, paddedBase64, unpaddedBase64 } from './foreign-hash.js';

/** About a second of CPU; OWASP recommends 600,000. */
const MOST_ITERATIONS = 2_000_000;

const DJANGO = /^pbkdf2_sha256\$([1-9]\d{0,9})\$([!-#%-~]{1,128})\$([^$]*)$/;
const PHC = /^\$pbkdf2-sha256\$i=([1-9]\d{0,9}),l=([1-9]\d?)\$([^$]*)\$([^$]*)$/;

/**
 * `pbkdf2_sha256$<iterations>$<salt>$<digest>` of Django: the salt is text, the digest base64.
 * https://docs.djangoproject.com/en/5.2/topics/auth/passwords/
 */
export const djangoPbkdf2: HashForm = (text) => {
  const [, iterations, salt = '', encoded] = DJANGO.exec(text) ?? [];
  const digest = paddedBase64(encoded, [32, 32]);
  return digest && pbkdf2(Number(iterations), Buffer.from(salt), digest);
};

/**
 * `$pbkdf2-sha256$i=<iterations>,l=<bytes>$<salt>$<digest>` in PHC string format, base64 without padding.
 * https://github.com/P-H-C/phc-string-format
 */
export const phcPbkdf2: HashForm = (text) => {
  const [, iterations, length, encodedSalt, encoded] = PHC.exec(text) ?? [];
  const salt = unpaddedBase64(encodedSalt, [1, 128]);
  const digest = unpaddedBase64(encoded, [16, 64]);
  if (salt === undefined || digest?.length !== Number(length)) return undefined;
  return pbkdf2(Number(iterations), salt, digest);
};

/** RFC 8018 §5.2, with HMAC-SHA-256. */
function pbkdf2(iterations: number, salt: Buffer, digest: Buffer): ForeignHash {
  return {
    affordable: iterations <= MOST_ITERATIONS,
    digest,
    derive: (password) => pbkdf2Sync(password, salt, iterations, digest.length, 'sha256'),
  };
}
