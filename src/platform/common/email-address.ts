import { domainToASCII } from 'node:url';

/** RFC 5321 §4.5.3.1.1: longest part before the @. */
const MAX_LOCAL_PART = 64;
/** RFC 1035 §2.3.4: longest part of a domain between its dots. */
const MAX_LABEL = 63;
/** RFC 5321 §4.5.3.1.3, without the angle brackets: longest address. */
export const MAX_EMAIL = 254;

const LOCAL_PART = /^(?:[a-z0-9_'+-]+\.)*[a-z0-9_'+-]*[a-z0-9_+-]$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const TOP_LEVEL = /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/i;
const ASCII = /^\p{ASCII}*$/u;
/** Letters, digits, joiners, hyphens and the dots of UTS 46. `domainToASCII` would take a path or an escape as well. */
const DOMAIN = /^[\u{200C}\u{200D}\p{L}\p{M}\p{N}.\u3002\uFF0E\uFF61-]+$/u;

/** An address as it is stored. */
export interface StoredEmail {
  /** Its domain in ASCII (A-labels, RFC 5890): what mail servers understand. */
  readonly email: string;
  /** As it was typed, if different. */
  readonly email_as_typed: string | null;
}

/**
 * What is wrong with an address, or nothing. The domain may be internationalised (UTS 46). The part
 * before the @ must be ASCII: other addresses need SMTPUTF8, which few mail servers support.
 */
export function emailFault(typed: string): string | undefined {
  const address = asciiForm(typed);
  if (typed.length > MAX_EMAIL || address.length > MAX_EMAIL)
    return `must have at most ${MAX_EMAIL} characters`;
  const at = address.lastIndexOf('@');
  const localPart = address.slice(0, Math.max(at, 0));
  const labels = address.slice(at + 1).split('.');
  if (!ASCII.test(localPart)) return 'must have only ASCII characters before the @';
  if (localPart.length > MAX_LOCAL_PART)
    return `must have at most ${MAX_LOCAL_PART} characters before the @`;
  if (labels.some(({ length }) => length > MAX_LABEL))
    return `must have at most ${MAX_LABEL} characters between the dots of its domain`;
  const valid =
    LOCAL_PART.test(localPart) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    TOP_LEVEL.test(labels.at(-1) ?? '');
  return valid ? undefined : 'must be an e-mail address';
}

/** A valid address as it is stored. */
export function storedEmail(typed: string): StoredEmail {
  const email = asciiForm(typed);
  return { email, email_as_typed: email === typed ? null : typed };
}

/** A stored address as its owner typed it. */
export function typedEmail({ email, email_as_typed }: StoredEmail): string {
  return email_as_typed ?? email;
}

/**
 * The canonical form of an address for comparisons: its domain in ASCII, and A to Z as a to z. It
 * is independent of locales, so that all processes and databases agree; in SQL it is `EMAIL_KEY`.
 */
export function emailKey(address: string): string {
  return asciiForm(address.trim()).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** An address with its domain in ASCII. Other text is returned unchanged. */
function asciiForm(address: string): string {
  if (ASCII.test(address)) return address;
  const domainAt = address.lastIndexOf('@') + 1;
  const domain = address.slice(domainAt);
  if (domainAt === 0 || ASCII.test(domain) || !DOMAIN.test(domain)) return address;
  return `${address.slice(0, domainAt)}${domainToASCII(domain) || domain}`;
}
