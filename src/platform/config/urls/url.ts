import { z } from 'zod';

/** The parts of a URL, with decoded percent escapes. Missing parts are empty. */
export interface UrlParts {
  /** In lower case, without the colon. */
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: string;
  /** With its first slash. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly hasQuery: boolean;
  readonly hasFragment: boolean;
}

/** A URL breaks a rule. The message is the rule and never repeats the value. */
export class UrlFault extends Error {
  override readonly name = 'UrlFault';
}

/** RFC 3986, appendix B, with the authority in its parts. */
const FORM =
  /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?(?:\[(?<address>[^\][/?#]*)\]|(?<host>[^:@[\]/?#]*))(?::(?<port>\d*))?(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?(?:#(?<fragment>.*))?$/i;

/**
 * The one parser of URLs in the environment. Clients parse URLs differently, and some only when
 * they connect. So each URL is parsed here and rewritten by the rules of its kind, so that all
 * clients agree.
 * @param lowestPort 0 if that means any free port, which is not a valid target.
 * @throws UrlFault
 */
export function parseUrl(text: string, schemes: readonly string[], lowestPort = 1): UrlParts {
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(text)?.[0].toLowerCase() ?? '';
  if (!schemes.includes(scheme))
    throw new UrlFault(
      `must be a URL starting with ${schemes.map((each) => `${each}:`).join(' or ')}`,
    );
  if (/[\s\p{Cc}]/u.test(text))
    throw new UrlFault('must not contain spaces or control characters (write %20 for a space)');
  if (/^[^/]*\/\/(?:[^/?#]*@)?[^@/?#]*,/.test(text))
    throw new UrlFault('must name one host; several are not supported');
  const parts = FORM.exec(text)?.groups;
  if (parts === undefined)
    throw new UrlFault(
      `must be a URL of the form ${scheme}://user:password@host:port, with percent escapes for special characters in user and password`,
    );
  const { user, password, address, host, port = '', path, query, fragment } = parts;
  assertPort(port, lowestPort);
  return {
    scheme,
    user: decode(user),
    password: decode(password),
    host: decode(address ?? host),
    port: port === '' ? '' : String(Number(port)),
    path: decode(path),
    query: (query ?? '').split('&').flatMap((parameter) => {
      const [name = '', ...value] = parameter.split('=');
      return parameter === '' ? [] : [[decode(name), decode(value.join('='))] as const];
    }),
    hasQuery: query !== undefined,
    hasFragment: fragment !== undefined,
  };
}

/**
 * Refuses an invalid port; empty means the default.
 * @throws UrlFault
 */
export function assertPort(port: string, lowest = 1): void {
  if (port === '') return;
  if (!/^\d+$/.test(port) || Number(port) < lowest || Number(port) > 65_535)
    throw new UrlFault(`must have a port from ${lowest} to 65535`);
}

function decode(escaped = ''): string {
  let text: string;
  try {
    text = decodeURIComponent(escaped);
  } catch {
    throw new UrlFault('must have two hexadecimal digits after each % (%25 is a per cent sign)');
  }
  if (/\p{Cc}/u.test(text)) throw new UrlFault('must not hold control characters');
  return text;
}

/**
 * A host in the common form of all clients: names in lower case and as A-labels, IPv6 in brackets.
 * @throws UrlFault
 */
export function canonicalHost(host: string): string {
  const url = `http://${host.includes(':') ? `[${host}]` : host}`;
  const { href, hostname } = URL.canParse(url) ? new URL(url) : {};
  if (hostname === undefined || href !== `http://${hostname}/`)
    throw new UrlFault('must name a host or an address');
  return hostname;
}

/** User and password as text before the host, including `@`. */
export function credentials({ user, password }: Pick<UrlParts, 'user' | 'password'>): string {
  if (user === '' && password === '') return '';
  return `${encodeURIComponent(user)}${password === '' ? '' : `:${encodeURIComponent(password)}`}@`;
}

/**
 * Refuses what may follow a path.
 * @throws UrlFault
 */
export function refuseParameters({ hasQuery, hasFragment }: UrlParts): void {
  if (hasQuery || hasFragment) throw new UrlFault('must not have a query or a fragment');
}

/** The schema of a URL that `read` parses and writes anew. */
export function urlSchema<Value>(read: (text: string) => Value, description: string) {
  return z
    .string()
    .transform((text, issues): Value => {
      try {
        return read(text);
      } catch (error) {
        if (!(error instanceof UrlFault)) throw error;
        issues.addIssue({ code: 'custom', message: error.message });
        return z.NEVER;
      }
    })
    .describe(description);
}
