import { fingerprintOf } from './secret-fingerprints.js';

describe('fingerprintOf', () => {
  it('is short, equal for equal secrets and different for others', () => {
    const [one, other] = [
      'first-secret-of-at-least-32-bytes!!',
      'other-secret-of-at-least-32-bytes!!',
    ];
    expect(fingerprintOf(one)).toBe(fingerprintOf(one));
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
    expect(fingerprintOf(one)).toMatch(/^[\da-f]{4}$/);
  });
});
