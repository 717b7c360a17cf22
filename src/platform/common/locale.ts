/** Languages of mails and pages. */
export const languages = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof languages)[number];

/** Bytes of a tag that every implementation has room for (RFC 5646 §4.4.1). */
export const MAX_LOCALE = 35;

/** A browser sends about five languages; more than this many are not read. */
const MAX_ACCEPTED = 20;

/**
 * The canonical form of a BCP 47 language tag, as `de-CH` for `de-ch`; undefined for any other text. Languages of more than
 * three letters do not exist (RFC 5646 §2.2.1): they would be words.
 */
export function canonicalLocale(text: string): string | undefined {
  if (text.length > MAX_LOCALE || !/^[a-z]{2,3}(-|$)/i.test(text)) return undefined;
  try {
    const [locale] = Intl.getCanonicalLocales(text);
    return locale !== undefined && locale.length <= MAX_LOCALE ? locale : undefined;
  } catch {
    return undefined;
  }
}

/** The locale that an `Accept-Language` header prefers (RFC 9110 §12.5.4); undefined if it names none. */
export function preferredLocale(header: string | undefined): string | undefined {
  return acceptedLocales(header)[0];
}

/** The locales of an `Accept-Language` header, the most preferred first. */
export function acceptedLocales(header: string | undefined): string[] {
  const accepted = (header ?? '').split(',', MAX_ACCEPTED).flatMap((element) => {
    const [tag = '', ...parameters] = element.split(';').map((part) => part.trim());
    const locale = canonicalLocale(tag);
    const weight = weightOf(parameters);
    return locale !== undefined && weight > 0 ? [{ locale, weight }] : [];
  });
  // A stable sort: of equal weights the first one wins.
  return accepted.toSorted((one, other) => other.weight - one.weight).map(({ locale }) => locale);
}

function weightOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => /^q=/i.test(parameter));
  // What is no number has no weight.
  return given === undefined ? 1 : Number(given.slice(2)) || 0;
}

/** Language, script and region of a locale. Its other subtags can hold words that somebody chose. */
export function plainLocale(locale: string): string {
  const { language, script, region } = new Intl.Locale(locale);
  return [language, script, region].filter((subtag) => subtag !== undefined).join('-');
}

/** The language of the first locale that we have texts for; English otherwise. */
export function languageOf(...locales: readonly string[]): Language {
  const known = new Set<string>(languages);
  const found = locales.map((locale) => new Intl.Locale(locale).language);
  return (found.find((language) => known.has(language)) as Language | undefined) ?? 'en';
}
