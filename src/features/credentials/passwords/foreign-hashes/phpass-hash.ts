import { hash } from 'node:crypto';

import { crypt64, DIGITS } from './crypt64.js';
import type { HashForm } from './foreign-hash.js';

/** About half a second of CPU. WordPress used 2¹³ rounds, phpBB 2¹¹. */
const MOST_LOG_ROUNDS = 19;

const PHPASS = /^\$[PH]\$([5-9A-S])([./0-9A-Za-z]{8})([./0-9A-Za-z]{21}[./01])$/;

/**
 * `$P$` (WordPress, Drupal) and `$H$` (phpBB): the portable hashes of phpass, MD5 in 2^n rounds.
 * https://www.openwall.com/phpass/, `crypt_private`
 */
export const phpass: HashForm = (text) => {
  const [, digit = '', salt, digest] = PHPASS.exec(text) ?? [];
  if (salt === undefined || digest === undefined) return undefined;
  const logRounds = DIGITS.indexOf(digit);
  return {
    affordable: logRounds <= MOST_LOG_ROUNDS,
    digest: Buffer.from(digest),
    derive: (password) => {
      let state = hash('md5', Buffer.concat([Buffer.from(salt), password]), 'buffer');
      for (let round = 0; round < 2 ** logRounds; round += 1)
        state = hash('md5', Buffer.concat([state, password]), 'buffer');
      return Buffer.from(crypt64(state));
    },
  };
};
