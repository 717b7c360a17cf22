import { de } from './de.js';
import { en, type Messages } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';

export const messages = { en, de, fr, es } as const satisfies Record<string, Messages>;

export type Language = keyof typeof messages;

const DEFAULT_LANGUAGE: Language = 'en';

/**
 * The language of a page.
 * @param locale of the account, BCP 47.
 * @param accepted `Accept-Language` of the browser (RFC 9110 §12.5.4).
 */
export function chooseLanguage(locale: string | undefined, accepted: string | undefined): Language {
  const wanted = [...(locale === undefined ? [] : [locale]), ...byPreference(accepted ?? '')];
  return wanted.map(primary).find(isLanguage) ?? DEFAULT_LANGUAGE;
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-', 1)[0] ?? '';
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(messages, tag);
}

/** The tags of the header, the most wanted first. */
function byPreference(header: string): string[] {
  return header
    .split(',')
    .map((element) => {
      const [tag = '', ...parameters] = element.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
      return { tag, weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
