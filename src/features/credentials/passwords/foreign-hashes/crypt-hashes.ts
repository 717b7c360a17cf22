import { hash } from 'node:crypto';

import { crypt64 } from './crypt64.js';
import type { ForeignHash, HashForm } from './foreign-hash.js';

/** Seconds of CPU. The default is 5,000. */
const MOST_ROUNDS = 1_000_000;

const MD5 = /^\$1\$([./0-9A-Za-z]{1,8})\$([./0-9A-Za-z]{21}[./01])$/;
/** Fewer rounds than 1,000 and more than 999,999,999 are never written. */
const ROUNDS = String.raw`(?:rounds=([1-9]\d{3,8})\$)?`;
const SHA256 = new RegExp(
  String.raw`^\$5\$${ROUNDS}([./0-9A-Za-z]{1,16})\$([./0-9A-Za-z]{42}[./0-9A-D])$`,
);
const SHA512 = new RegExp(
  String.raw`^\$6\$${ROUNDS}([./0-9A-Za-z]{1,16})\$([./0-9A-Za-z]{85}[./01])$`,
);
const DEFAULT_ROUNDS = 5000;

type Algorithm = 'md5' | 'sha256' | 'sha512';

/**
 * `$1$<salt>$<digest>`: MD5-crypt by Poul-Henning Kamp, in 1,000 rounds.
 * https://github.com/freebsd/freebsd-src, `lib/libcrypt/crypt-md5.c`
 */
export const md5Crypt: HashForm = (text) => {
  const [, salt, digest] = MD5.exec(text) ?? [];
  if (salt === undefined || digest === undefined) return undefined;
  return {
    affordable: true,
    digest: Buffer.from(digest),
    derive: (password) => Buffer.from(crypt64(md5CryptOf(password, Buffer.from(salt)))),
  };
};

/** `$5$[rounds=<n>$]<salt>$<digest>`: SHA-crypt with SHA-256. */
export const sha256Crypt: HashForm = (text) => shaCrypt('sha256', SHA256.exec(text));

/** `$6$[rounds=<n>$]<salt>$<digest>`: SHA-crypt with SHA-512. */
export const sha512Crypt: HashForm = (text) => shaCrypt('sha512', SHA512.exec(text));

/** The order in which digests are written: groups of bytes far apart, then the rest. */
const BYTE_ORDER: Readonly<Record<Algorithm, readonly number[]>> = {
  md5: [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11],
  // Each group is the one before plus one, turned by one place.
  sha256: [...turning([20, 10, 0], 10, ([a, b, c]) => [b + 1, c + 1, a + 1]), 30, 31],
  sha512: [...turning([42, 21, 0], 21, ([a, b, c]) => [c + 1, a + 1, b + 1]), 63],
};

type Group = readonly [number, number, number];

function turning(first: Group, groups: number, next: (group: Group) => Group): number[] {
  const order: number[] = [];
  for (let group = first; order.length < 3 * groups; group = next(group)) order.push(...group);
  return order;
}

function md5CryptOf(password: Buffer, salt: Buffer): Buffer {
  const magic = Buffer.from('$1$');
  const inner = digestOf('md5', password, salt, password);
  const bits = bitsOf(password.length).map((bit) =>
    bit ? Buffer.alloc(1) : password.subarray(0, 1),
  );
  const filled = repeated(inner, password.length);
  const start = digestOf('md5', password, magic, salt, filled, ...bits);
  return inWrittenOrder('md5', stretched('md5', start, { password, salt, rounds: 1000 }));
}

/** U. Drepper, Unix crypt using SHA-256 and SHA-512, https://www.akkadia.org/drepper/SHA-crypt.txt */
function shaCrypt(
  algorithm: 'sha256' | 'sha512',
  match: RegExpExecArray | null,
): ForeignHash | undefined {
  const [, given, salt, digest] = match ?? [];
  if (salt === undefined || digest === undefined) return undefined;
  const rounds = given === undefined ? DEFAULT_ROUNDS : Number(given);
  return {
    affordable: rounds <= MOST_ROUNDS,
    digest: Buffer.from(digest),
    derive: (password) =>
      Buffer.from(crypt64(shaCryptOf(algorithm, password, Buffer.from(salt), rounds))),
  };
}

function shaCryptOf(
  algorithm: 'sha256' | 'sha512',
  password: Buffer,
  salt: Buffer,
  rounds: number,
): Buffer {
  const inner = digestOf(algorithm, password, salt, password);
  const bits = bitsOf(password.length).map((bit) => (bit ? inner : password));
  const filled = repeated(inner, password.length);
  const start = digestOf(algorithm, password, salt, filled, ...bits);
  const ofPassword = digestOf(algorithm, ...copies(password, password.length));
  const ofSalt = digestOf(algorithm, ...copies(salt, 16 + (start[0] ?? 0)));
  const sequences = {
    password: repeated(ofPassword, password.length),
    salt: repeated(ofSalt, salt.length),
  };
  return inWrittenOrder(algorithm, stretched(algorithm, start, { ...sequences, rounds }));
}

/** The rounds that MD5-crypt and SHA-crypt have in common. */
function stretched(
  algorithm: Algorithm,
  start: Buffer,
  { password, salt, rounds }: { password: Buffer; salt: Buffer; rounds: number },
): Buffer {
  let state = start;
  for (let round = 0; round < rounds; round += 1) {
    const odd = round % 2 === 1;
    const parts = [odd ? password : state];
    if (round % 3 !== 0) parts.push(salt);
    if (round % 7 !== 0) parts.push(password);
    parts.push(odd ? state : password);
    state = digestOf(algorithm, ...parts);
  }
  return state;
}

function digestOf(algorithm: Algorithm, ...parts: readonly Buffer[]): Buffer {
  return hash(algorithm, Buffer.concat(parts), 'buffer');
}

/** The bytes over and over, up to a length. */
function repeated(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}

function copies(bytes: Buffer, count: number): Buffer[] {
  return Array.from({ length: count }, () => bytes);
}

/** The bits of a length, the lowest first. */
function bitsOf(length: number): boolean[] {
  const bits: boolean[] = [];
  for (let rest = length; rest > 0; rest >>= 1) bits.push(rest % 2 === 1);
  return bits;
}

function inWrittenOrder(algorithm: Algorithm, digest: Buffer): Buffer {
  return Buffer.from(BYTE_ORDER[algorithm].map((at) => digest[at] ?? 0));
}
