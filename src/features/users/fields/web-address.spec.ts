import { holdsWebAddress } from './web-address.js';

describe('holdsWebAddress', () => {
  it.each([
    'https://evil.example/x',
    'ftp://10.0.0.1',
    'See WWW.Evil',
    'evil.example',
    'Evil.Com',
    'EVIL.COM',
    'Ada (evil.xyz)',
    'you won: t.me/evil',
    'write to ada@evil.org',
    'evil。com',
    'ｅｖｉｌ．ｃｏｍ',
    'münchen.de',
    'пример.рф',
    '例え.みんな',
    'xn--mnchen-3ya.de',
    'a.b.c.co.uk',
    'evil.notyetatld',
    'Evil.Test',
    'T.Me/evil',
    'B.Ly/3x and more',
    'evil.xn--p1ai',
    '192.0.2.1/login',
    'https:evil',
    'evil.c\u200Com',
    'evil\u00AD.com',
  ])('is true for %s', (name) => {
    expect(holdsWebAddress(name)).toBe(true);
  });

  it.each([
    'Ada Lovelace',
    'J. R. Smith',
    'J.R. Smith',
    'J.R.R.Tolkien',
    'J.Li',
    'J.Li / A.Li',
    'J.Li: poet',
    'St.John',
    'St. John',
    'Martin Luther King Jr.',
    'Ada Lovelace, Ph.D.',
    'M.D. O’Neil',
    'Dr.Who',
    'D’Arcy-Smith',
    '李.王',
    'Catherine 2.0',
    'Catherine 2.0.1',
    'Wwwilliam',
    '...',
  ])('is false for %s', (name) => {
    expect(holdsWebAddress(name)).toBe(false);
  });
});
