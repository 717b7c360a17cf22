import { emailFault, emailKey, storedEmail, typedEmail } from './email-address.js';

const A_LABEL = 'ada@xn--mnchen-3ya.de';

describe('emailKey', () => {
  it.each([
    'ada@münchen.de',
    'ADA@MÜNCHEN.DE',
    'ada@mu\u0308nchen.de',
    'ada@ｍünchen.de',
    'ada@münchen。de',
    'ada@mün\uFE0Fchen.de',
    'Ada@XN--MNCHEN-3YA.de',
    '  ada@münchen.de ',
  ])('is the same for %j as for its A-label', (typed) => {
    expect(emailKey(typed)).toBe(A_LABEL);
  });

  it.each([
    ['INFO@EXAMPLE.COM', 'info@example.com'],
    ['ada@ＥＸＡＭＰＬＥ.com', 'ada@example.com'],
    ['ada@straße.de', 'ada@xn--strae-oqa.de'],
    // Signs that lower-casing by Unicode would turn into ASCII letters.
    ['\u212Aim@example.com', '\u212Aim@example.com'],
    ['\u0130nfo@Example.com', '\u0130nfo@example.com'],
    ['no address, ÜBERHAUPT', 'no address, Überhaupt'],
    ['ada@mün%41.de', 'ada@mün%41.de'],
    ['ada@münchen.de/x', 'ada@münchen.de/x'],
  ])('folds %j to %j', (given, key) => {
    expect(emailKey(given)).toBe(key);
  });
});

describe('storedEmail', () => {
  it('stores only the typed form of an ASCII address', () => {
    expect(storedEmail('Ada@Example.com')).toEqual({
      email: 'Ada@Example.com',
      email_as_typed: null,
    });
  });

  it('stores the A-label of an internationalised domain and the typed form', () => {
    const stored = storedEmail('Ada@MÜNCHEN.de');
    expect(stored).toEqual({
      email: 'Ada@xn--mnchen-3ya.de',
      email_as_typed: 'Ada@MÜNCHEN.de',
    });
    expect(typedEmail(stored)).toBe('Ada@MÜNCHEN.de');
  });
});

describe('emailFault', () => {
  it.each([
    "o'neil+x.y-z_1@sub.example.com",
    'ada@münchen.de',
    'ada@пример.рф',
    'ada@例え。テスト',
    `${'a'.repeat(64)}@example.com`,
    `ada@${'a'.repeat(63)}.com`,
  ])('accepts %s', (address) => {
    expect(emailFault(address)).toBeUndefined();
  });

  it.each([
    [`${'a'.repeat(65)}@example.com`, 'must have at most 64 characters before the @'],
    [`ada@${'a'.repeat(64)}.com`, 'must have at most 63 characters between the dots of its domain'],
    [`ada@${'é'.repeat(63)}.com`, 'must have at most 63 characters between the dots of its domain'],
    ['jürgen@example.com', 'must have only ASCII characters before the @'],
    ['\u212Aim@example.com', 'must have only ASCII characters before the @'],
    [`ada@${'abcdefghi.'.repeat(26)}com`, 'must have at most 254 characters'],
    [`ada@${'ééééééééé.'.repeat(18)}com`, 'must have at most 254 characters'],
  ])('reports for %s that it %s', (address, fault) => {
    expect(emailFault(address)).toBe(fault);
  });

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@example',
    'ada@example.c',
    'ada@example.com.',
    'ada@.example.com',
    'ada@-example.com',
    'ada@example-.com',
    'ada.@example.com',
    'a..da@example.com',
    'ada lovelace@example.com',
    'ada@mün_chen.de',
    'ada@münchen.de/x',
    'ada@münchen.de:25',
    'ada@mün%41.de',
    'ada@１２７.1',
    'ada@é\u200B.de',
    'ada@é\u202E.de',
    'ada@é\u00AD.de',
    'ada＠münchen.de',
    'ada@münchen..de',
    'ada@ﷺ.de',
  ])('refuses %j', (address) => {
    expect(emailFault(address)).toBe('must be an e-mail address');
  });
});
