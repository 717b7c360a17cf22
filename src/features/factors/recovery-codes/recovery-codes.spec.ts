import { CODES, hashOfCode, newRecoveryCodes } from './recovery-codes.js';

const user = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';

describe('recovery codes', () => {
  it('are ten different ones of 24 letters, in groups', () => {
    const codes = newRecoveryCodes();
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(CODES);
    for (const code of codes)
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}$/);
  });

  it('use each letter of the alphabet at each place', () => {
    const codes = Array.from({ length: 200 }, newRecoveryCodes).flat();
    for (const place of [0, 3, 5, 28])
      expect(new Set(codes.map((code) => code[place])).size).toBe(32);
  });

  it.each([
    ['lower case', 'k7qf-0a1b-xyz2-9mns'],
    ['no dashes', 'K7QF0A1BXYZ29MNS'],
    ['spaces', ' K7QF 0A1B  XYZ2-9MNS '],
    ['letters for digits', 'K7QF-OAIB-XYZ2-9MNS'],
    ['another letter for a digit', 'K7QF-oAlB-XYZ2-9MNS'],
  ])('are recognised with %s', (_what, spelling) => {
    expect(hashOfCode(user, spelling)).toEqual(hashOfCode(user, 'K7QF-0A1B-XYZ2-9MNS'));
  });

  it('have another hash for another code or user', () => {
    const hash = hashOfCode(user, 'K7QF-0A1B-XYZ2-9MNS');
    expect(hashOfCode(user, 'K7QF-0A1B-XYZ2-9MNT')).not.toEqual(hash);
    expect(hashOfCode(user.replace('0', '1'), 'K7QF-0A1B-XYZ2-9MNS')).not.toEqual(hash);
  });
});
