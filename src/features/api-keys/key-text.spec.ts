import { isKeyText, keyDigest, newKeyText, prefixOf } from './key-text.js';

const ID = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';

describe('the text of an API key', () => {
  const text = newKeyText(ID);

  it('has the form that scanners of repositories look for', () => {
    expect(text).toMatch(/^cnua_[0-9a-f]{32}_[0-9A-Za-z]{43}_[0-9a-f]{8}$/);
    expect(text.startsWith(`${prefixOf(ID)}_`)).toBe(true);
    expect(isKeyText(text)).toBe(true);
  });

  it('is another one each time', () => {
    const texts = Array.from({ length: 1000 }, () => newKeyText(ID));
    expect(new Set(texts).size).toBe(1000);
    expect(texts.filter((each) => !isKeyText(each))).toEqual([]);
  });

  it('is refused with any character changed, missing, doubled or exchanged with the next', () => {
    const typos = [...text].flatMap((letter, index) => {
      const [before, after] = [text.slice(0, index), text.slice(index + 1)];
      const other = letter === '0' ? '1' : '0';
      const next = after[0] ?? '';
      return [
        before + other + after,
        before + after,
        before + letter + letter + after,
        before + next + letter + after.slice(1),
      ];
    });
    expect(typos.filter((typo) => typo !== text && isKeyText(typo))).toEqual([]);
  });

  it.each(['', 'cnua_', `${text} `, `x${text}`, `${text}, ${text}`, text.toUpperCase()])(
    'is not %j',
    (other) => {
      expect(isKeyText(other)).toBe(false);
    },
  );

  it('is stored as its SHA-256', () => {
    // The test vector "abc" of FIPS 180-4.
    expect(keyDigest('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
