import { COMMON_PASSWORDS } from './common-password-list.js';
import { isCommonPassword } from './common-passwords.js';

describe('the list of common passwords', () => {
  const list = COMMON_PASSWORDS.trim().split(/\s/);

  it('has 3,000 or more that our rules would admit (ASVS 6.2.4)', () => {
    expect(list.filter(({ length }) => length < 12 || length > 128)).toEqual([]);
    expect(new Set(list).size).toBe(list.length);
    expect(list.length).toBeGreaterThanOrEqual(3000);
  });

  it('is compared without regard to case, and as a whole', () => {
    expect(list.filter((password) => !isCommonPassword(password.toUpperCase()))).toEqual([]);
    expect(isCommonPassword('qwerty123456 and more')).toBe(false);
  });
});
