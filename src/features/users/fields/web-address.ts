import { createRequire } from 'node:module';

/** Never delegated, and written where a real one is meant (RFC 2606, RFC 7686). */
const RESERVED = ['example', 'invalid', 'localhost', 'onion', 'test'];

/** Labels joined by dots, without a space between. */
const DOTTED = /[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+/gu;
/** `J.R.Smith`, `J.Li`: single letters before a word that begins with a capital. */
const INITIALS = /^(?:\p{Lu}\.)+\p{Lu}\p{Ll}+$/u;
/** The last label as a word of lower case: what a sentence or a name does not have behind a dot. Or as an A-label. */
const LOWER_CASE = /^(?:\p{Ll}{2,}|[xX][nN]--.+)$/u;
/** Needs no dot, or no name before it: a scheme, the usual first label, an IPv4 address. */
const CERTAINLY_AN_ADDRESS = /:\/\/|\bhttps?:|\bwww\.|\b\d{1,3}(?:\.\d{1,3}){3}\b/i;
/** What follows a host in an address, and no name. */
const AFTER_HOST = /^[/?#:]\S/;

const require = createRequire(import.meta.url);
let topLevels: Set<string> | undefined;

/**
 * Whether a text holds what mail programs make a link of: a scheme (`://`), `www.`, an IPv4 address, or words joined by dots the
 * last of which is a top-level domain (IANA's list) or written in lower case. `J. R. Smith` and `St.John` are none.
 */
export function holdsWebAddress(text: string): boolean {
  // Full-width letters and dots are the same to browsers, and what is not seen is not there for readers.
  const plain = text
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .replaceAll('\u3002', '.');
  if (CERTAINLY_AN_ADDRESS.test(plain)) return true;
  return [...plain.matchAll(DOTTED)].some(({ 0: words, index }) =>
    isDomain(words, plain.slice(index + words.length)),
  );
}

function isDomain(words: string, rest: string): boolean {
  const last = words.slice(words.lastIndexOf('.') + 1);
  if (INITIALS.test(words) && !AFTER_HOST.test(rest)) return false;
  return LOWER_CASE.test(last) || isTopLevel(last.toLowerCase());
}

/** The list is loaded on first use: few names have a dot without a space behind it. */
function isTopLevel(label: string): boolean {
  topLevels ??= new Set([...(require('tlds') as readonly string[]), ...RESERVED]);
  return topLevels.has(label);
}
