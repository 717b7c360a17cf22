import { canonicalLocale, languageOf, plainLocale, preferredLocale } from './locale.js';

describe('canonicalLocale', () => {
  it.each([
    ['en', 'en'],
    ['DE-ch', 'de-CH'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['de-u-co-phonebk', 'de-u-co-phonebk'],
  ])('writes %s as %s', (given, canonical) => {
    expect(canonicalLocale(given)).toBe(canonical);
  });

  it.each(['', '*', 'english', 'de_DE', 'de-', 'x-private', 'd', 'de-DE-DE', 'C.UTF-8'])(
    'refuses %p',
    (given) => {
      expect(canonicalLocale(given)).toBeUndefined();
    },
  );

  it('refuses tags of more than 35 characters', () => {
    expect(canonicalLocale(`de-${'abcdefgh-'.repeat(3)}abcdefgh`)).toBeUndefined();
  });
});

describe('preferredLocale', () => {
  it.each([
    ['de-CH, de;q=0.9, en;q=0.8', 'de-CH'],
    ['en;q=0.5, fr-fr;q=0.7', 'fr-FR'],
    ['es', 'es'],
    ['de;q=0, en;q=0.1', 'en'],
    ['*, de', 'de'],
    ['<script>, fr;q=0.2', 'fr'],
    ['it;q=x, de;q=0.1', 'de'],
  ])('takes of %p %s', (header, locale) => {
    expect(preferredLocale(header)).toBe(locale);
  });

  it.each([undefined, '', '*', ';;q=,', 'de;q=0'])('takes none of %p', (header) => {
    expect(preferredLocale(header)).toBeUndefined();
  });
});

describe('plainLocale', () => {
  it('keeps language, script and region', () => {
    expect(plainLocale('zh-Hant-TW-u-co-stroke')).toBe('zh-Hant-TW');
    expect(plainLocale('en-x-buy-now')).toBe('en');
  });
});

describe('languageOf', () => {
  it('is the language of the first locale with texts, or English', () => {
    expect(languageOf('de-AT', 'fr')).toBe('de');
    expect(languageOf('it', 'fr-CA')).toBe('fr');
    expect(languageOf('it', 'ja')).toBe('en');
  });
});
