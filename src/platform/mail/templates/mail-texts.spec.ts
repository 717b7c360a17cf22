import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Language, languages } from '../../common/locale.js';
import { mailTemplates } from '../messages/mail.js';
import { phrases } from './phrases.js';
import { pathOf } from './template-files.js';
import { parseSource } from './template-source.js';

const FOLDER = join(import.meta.dirname, '../../../../mails');
const translations = languages.filter((language) => language !== 'en');

const anyOf = (words: string) => new RegExp(`(?<!\\p{L})(${words})(?!\\p{L})`, 'iu');
/** Words for people whom one knows well: our texts are polite in every language. */
const FAMILIAR: Readonly<Record<Language, RegExp>> = {
  en: anyOf('hey|hi'),
  de: anyOf('du|dich|dir|dein(e[mnrs]?)?|euch|euer|eure[mnrs]?'),
  fr: anyOf('tu|toi|ton|ta|tes'),
  es: anyOf('tú|tu|tus|ti|contigo|vosotr[ao]s|vuestr[ao]s?'),
};

const sourceOf = (template: (typeof mailTemplates)[number], language: Language) =>
  readFileSync(join(FOLDER, pathOf(template, language)), 'utf8');

/** What a language says in all mails together. */
const allOf = (language: Language) =>
  [
    ...mailTemplates.map((template) => sourceOf(template, language)),
    phrases[language].linkHint,
    phrases[language].footer('Brand'),
  ].join('\n');

/** Which parts a source has, and the variables of each, sorted. */
const shapeOf = (source: string) =>
  Object.entries<string>({ ...parseSource(source) }).map(([part, text]) => [
    part,
    ...[...text.matchAll(/\{[{%][^}]*\b(brand|name|link)\b/g)]
      .map(([, name = '']) => name)
      .toSorted(),
  ]);

describe('the words of mails', () => {
  it.each(mailTemplates)('have the same parts and variables in every language: %s', (template) => {
    const english = shapeOf(sourceOf(template, 'en'));
    for (const language of translations)
      expect([language, ...shapeOf(sourceOf(template, language))]).toEqual([language, ...english]);
  });

  it.each(mailTemplates)('have as many paragraphs in every language: %s', (template) => {
    const paragraphs = languages.map(
      (language) => parseSource(sourceOf(template, language)).body.trim().split('\n\n').length,
    );
    expect(new Set(paragraphs).size).toBe(1);
  });

  it.each(languages)('address people politely in %s', (language) => {
    expect(FAMILIAR[language].exec(allOf(language))?.[0]).toBeUndefined();
  });

  it('keep French punctuation on the line of its word', () => {
    const prose = allOf('fr').replaceAll(/^\w+:/gm, '');
    expect(/.*[^\u00a0\u202f][;:?!].*/.exec(prose)?.[0]).toBeUndefined();
    expect(prose).toContain('\u00a0:');
  });
});
