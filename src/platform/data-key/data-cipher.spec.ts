import { randomBytes, randomUUID } from 'node:crypto';

import type { PinoLogger } from 'nestjs-pino';

import { DataCipher } from './data-cipher.js';
import { SecretUnreadable } from './data-key.errors.js';

const column = { table: 'public.things', column: 'secret' };
const id = randomUUID();
const plaintext = Buffer.from('plain-canary');

describe('DataCipher', () => {
  const [one, two] = [randomBytes(32), randomBytes(32)];
  let logged: unknown[];
  const cipherWith = (...keys: Buffer<ArrayBuffer>[]) => {
    const logger = { error: (...line: unknown[]) => logged.push(line) };
    return new DataCipher({ keys }, logger as unknown as PinoLogger);
  };

  beforeEach(() => {
    logged = [];
  });

  it.each([0, 1, 20, 5000])('returns what it encrypted, at %d bytes', (length) => {
    const cipher = cipherWith(one);
    const bytes = randomBytes(length);
    expect(cipher.decrypt(column, id, cipher.encrypt(column, id, bytes))).toEqual(bytes);
  });

  it('gives each secret another ciphertext, without the plaintext in it', () => {
    const cipher = cipherWith(one);
    const stored = cipher.encrypt(column, id, plaintext);
    expect(cipher.encrypt(column, id, plaintext)).not.toEqual(stored);
    expect(stored.includes(plaintext)).toBe(false);
  });

  it.each([
    ['row', column, randomUUID()],
    ['column', { ...column, column: 'other' }, id],
    ['table', { ...column, table: 'public.others' }, id],
  ])('refuses a secret of another %s', (_what, otherColumn, otherId) => {
    const cipher = cipherWith(one);
    const stored = cipher.encrypt(column, id, plaintext);
    expect(() => cipher.decrypt(otherColumn, otherId, stored)).toThrow(SecretUnreadable);
  });

  it('refuses a secret with any byte changed', () => {
    const cipher = cipherWith(one, two);
    const stored = cipher.encrypt(column, id, plaintext);
    for (const index of stored.keys()) {
      const changed = Buffer.from(stored);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(() => cipher.decrypt(column, id, changed)).toThrow(SecretUnreadable);
    }
  });

  it('refuses a secret of any other length', () => {
    const cipher = cipherWith(one);
    const stored = cipher.encrypt(column, id, plaintext);
    for (const length of stored.keys())
      expect(() => cipher.decrypt(column, id, stored.subarray(0, length))).toThrow(
        SecretUnreadable,
      );
    const longer = Buffer.concat([stored, Buffer.of(0)]);
    expect(() => cipher.decrypt(column, id, longer)).toThrow(SecretUnreadable);
  });

  it('encrypts with the first key and decrypts with all, in any order', () => {
    const stored = cipherWith(one, two).encrypt(column, id, plaintext);
    expect(cipherWith(one).open(column, id, stored)).toEqual({ plaintext, position: 0 });
    expect(cipherWith(two, one).open(column, id, stored)).toEqual({ plaintext, position: 1 });
    expect(cipherWith(two).open(column, id, stored)).toBeUndefined();
  });

  it('logs the row of a secret that no key opens, and answers 503 without naming it', () => {
    const stored = cipherWith(one).encrypt(column, id, plaintext);
    const refused = expect.objectContaining({
      status: 503,
      code: 'dependency.unavailable',
      message: 'A stored secret cannot be read.',
    }) as unknown;
    expect(() => cipherWith(two).decrypt(column, id, stored)).toThrow(refused as Error);
    expect(logged).toEqual([[{ row: `public.things:secret:${id}` }, 'no data key opens a secret']]);
  });
});
