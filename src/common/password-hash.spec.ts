import { isWeak, unmatchableHash } from './password-hash.js';

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

  it('makes a hash of the current strength that is never the same', () => {
    expect(isWeak(unmatchableHash())).toBe(false);
    expect(unmatchableHash()).not.toBe(unmatchableHash());
  });
});
