import { hashSync as bcrypt, verifySync } from '@node-rs/bcrypt';

import { isWeak, provesWholePassword, unmatchableHash } from './password-hash.js';

describe('password hashes', () => {
  it.each([
    ['$2b$10$abcdefghijklmnopqrstuv', true],
    ['$argon2i$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA', true],
    ['$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA', true],
    ['$argon2id$v=19$m=19456,t=1,p=1$c2FsdA$aGFzaA', true],
    ['$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', false],
    ['$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA', false],
  ])('judges %s: weak is %s', (hash, weak) => {
    expect(isWeak(hash)).toBe(weak);
  });

  it('creates a unique hash of the current strength', () => {
    expect(isWeak(unmatchableHash())).toBe(false);
    expect(unmatchableHash()).not.toBe(unmatchableHash());
  });

  const argon2id = '$argon2id$v=19$m=4096,t=1,p=1$c2FsdA$aGFzaA';
  const letters = 'x'.repeat(80);
  it.each([
    ['short', 'short-password', 'another-password', true],
    ['of 71 bytes', letters.slice(0, 71), letters, true],
    ['of 72 bytes', letters.slice(0, 72), letters, false],
    ['of more than 72 bytes', letters, `${letters}y`, false],
    ['of 72 bytes in 36 characters', 'é'.repeat(36), `${'é'.repeat(36)}x`, false],
    ['that holds a NUL', 'pw\0pw', 'pw', false],
  ])('tells whether bcrypt proves all of a password %s', (_kind, password, other, all) => {
    const hash = bcrypt(other, { cost: 4 });
    // Where another password has the same hash, a match says nothing on which of them it was.
    expect(verifySync(password, hash)).toBe(!all);
    expect(provesWholePassword(hash, password)).toBe(all);
    expect(provesWholePassword(argon2id, password)).toBe(true);
  });
});
