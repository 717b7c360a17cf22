import { createRequire } from 'node:module';

/** Never delegated, but used in place of real ones (RFC 2606, RFC 7686). */
const RESERVED = ['example', 'invalid', 'localhost', 'onion', 'test'];

/** Labels joined by dots, without a space between. */
const DOTTED = /[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+/gu;
/** `J.R.Smith`, `J.Li`: single letters before a word that begins with a capital. */
const INITIALS = /^(?:\p{Lu}\.)+\p{Lu}\p{Ll}+$/u;
/**
 * The last label in lower case, which does not follow a dot in a sentence or name. Or an A-label.
 */
const LOWER_CASE = /^(?:\p{Ll}{2,}|[xX][nN]--.+)$/u;
/** Needs no dot, or no name before it: a scheme, the usual first label, an IPv4 address. */
const CERTAINLY_AN_ADDRESS = /:\/\/|\bhttps?:|\bwww\.|\b\d{1,3}(?:\.\d{1,3}){3}\b/i;
/** Follows a host in an address, but not a name. */
const AFTER_HOST = /^[/?#:]\S/;

const require = createRequire(import.meta.url);
let topLevels: Set<string> | undefined;

/**
 * Whether a text contains something that mail programs turn into a link: a scheme (`://`), `www.`,
 * an IPv4 address, or words joined by dots the last of which is a top-level domain (IANA's list) or
 * written in lower case. `J. R. Smith` and `St.John` are none.
 */
export function holdsWebAddress(text: string): boolean {
  // Browsers treat full-width letters and dots as ordinary ones, and readers do not see invisible
  // characters.
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
