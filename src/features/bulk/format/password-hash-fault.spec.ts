import { hashSync as argon2 } from '@node-rs/argon2';
import { hashSync as bcrypt } from '@node-rs/bcrypt';

import { verify } from '../../credentials/passwords/password.task.js';
import { passwordHashFault } from './password-hash-fault.js';

const PASSWORD = 'correct horse battery';

/** The text with the character at an index, from the end if negative, replaced by its neighbours of one bit. */
function bitsFlipped(text: string, index: number, alphabet: string): string[] {
  const at = index < 0 ? text.length + index : index;
  const value = alphabet.indexOf(text[at] ?? '');
  return [1, 2, 4, 8, 16, 32].map(
    (bit) => `${text.slice(0, at)}${alphabet[value ^ bit]}${text.slice(at + 1)}`,
  );
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE64 = `${LETTERS}+/`;
const BCRYPT64 = `./${LETTERS}`;

describe('passwordHashFault', () => {
  const salt16 = Buffer.alloc(16, 0xa5);
  const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1, salt: salt16 };
  const made = (options: object) => argon2(PASSWORD, { ...cheap, ...options });
  const id = made({});
  const crypted = bcrypt(PASSWORD, { cost: 4, salt: salt16 });
  const old = made({ version: 0 });
  const [, type, version, parameters, salt, digest = ''] = id.split('$');

  it.each([
    id,
    old,
    old.replace('$v=16', ''),
    made({ algorithm: 0 }),
    made({ algorithm: 1 }),
    made({ salt: Buffer.alloc(8) }),
    made({ salt: Buffer.alloc(64, 255) }),
    made({ outputLen: 12 }),
    made({ outputLen: 128 }),
    made({ memoryCost: 128, timeCost: 16, parallelism: 16 }),
    crypted,
    bcrypt(PASSWORD, { cost: 5, version: '2a', salt: salt16 }),
    bcrypt(PASSWORD, { cost: 4, version: '2y', salt: salt16 }),
  ])('takes %s, which its password matches', async (hash) => {
    expect(passwordHashFault(hash)).toBeUndefined();
    expect(await verify({ hash, password: PASSWORD })).toBe(true);
  });

  it.each([
    'password',
    ...bitsFlipped(crypted, 28, BCRYPT64).slice(0, 4),
    ...bitsFlipped(crypted, -1, BCRYPT64).slice(0, 2),
    ...bitsFlipped(`$${type}$${version}$${parameters}$${salt}`, -1, BASE64)
      .slice(0, 4)
      .map((head) => `${head}$${digest}`),
    ...bitsFlipped(id, -1, BASE64).slice(0, 2),
    `${crypted}.`,
    crypted.slice(0, -1),
    ` ${crypted}`,
    `${id} `,
    `${id}\n`,
    `${id}=`,
    `${id}AA`,
    id.replace(`$${digest}`, ''),
    id.replace('+', '-').replace('v=19', 'v=18'),
    id.replace('m=64', 'm=064'),
    id.replace('t=1', 't=01'),
    `$1$salt$${'a'.repeat(22)}`,
  ])('refuses %j, which no password matches', async (hash) => {
    expect(passwordHashFault(hash)).toBe(
      'must be an argon2, bcrypt, scrypt, PBKDF2, phpass or crypt hash',
    );
    expect(await verify({ hash, password: PASSWORD })).toBe(false);
  });

  it('refuses hashes of the old broken bcrypt, which this version verifies differently', () => {
    expect(passwordHashFault(crypted.replace('$2b', '$2x'))).toBe(
      'must be an argon2, bcrypt, scrypt, PBKDF2, phpass or crypt hash',
    );
  });

  it.each(['m=1048576,t=1', 'm=262144,t=4', 'm=65536,t=16'])('accepts costs of %s', (costs) => {
    expect(passwordHashFault(id.replace('m=64,t=1', costs))).toBeUndefined();
  });

  it.each([
    id.replace('m=64', 'm=9999999'),
    id.replace('m=64', 'm=1048577'),
    id.replace('m=64,t=1', 'm=1048576,t=2'),
    id.replace('m=64,t=1', 'm=65537,t=16'),
    id.replace('m=64', 'm=7'),
    id.replace('m=64', 'm=0'),
    id.replace('t=1', 't=17'),
    id.replace('t=1', 't=0'),
    id.replace('p=1', 'p=0'),
    id.replace('p=1', 'p=9'),
    id.replace('p=1', 'p=17'),
    crypted.replace('$04', '$31'),
    crypted.replace('$04', '$16'),
    crypted.replace('$04', '$03'),
    crypted.replace('$04', '$00'),
  ])('refuses %s, which no sign-in should have to compute', (hash) => {
    expect(passwordHashFault(hash)).toBe('has parameters that are out of range');
  });
});
