import { RequestInvalid } from '../../../platform/problems/problem.js';

const LONGEST = 2048;

/** What a URL may be, beside the rules for addresses. */
export interface UrlRules {
  /** Refuses `http`. */
  readonly secureOnly: boolean;
  /** Of `AddressRules`. */
  readonly permits: (address: string) => boolean;
}

/**
 * The URL of a webhook in the form in which it is called: odd spellings of addresses become plain ones.
 * Names are resolved only at the call. @throws RequestInvalid
 */
export function webhookUrl(text: string, rules: UrlRules): string {
  const url = URL.parse(text);
  if (url === null || text.length > LONGEST)
    throw fault(`must be a URL of at most ${LONGEST} characters`);
  const broken = faultOf(url, rules);
  if (broken !== undefined) throw fault(broken);
  return url.href;
}

function faultOf({ protocol, username, password, hash, hostname }: URL, rules: UrlRules) {
  const schemes = rules.secureOnly ? ['https:'] : ['https:', 'http:'];
  const faults = {
    [`must begin with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`]:
      !schemes.includes(protocol),
    'must not hold a user, password or fragment': username + password + hash !== '',
    'must not lead to an address that is not globally reachable': leadsInside(hostname, rules),
  };
  return Object.keys(faults).find((each) => faults[each]);
}

/** The parser writes all spellings of IPv4 in one form, and IPv6 in brackets. */
function leadsInside(hostname: string, { permits }: UrlRules): boolean {
  if (/^\[.*\]$/.test(hostname)) return !permits(hostname.slice(1, -1));
  if (/^\d+(\.\d+){3}$/.test(hostname)) return !permits(hostname);
  return /(^|\.)localhost\.?$/.test(hostname) && !permits('127.0.0.1') && !permits('::1');
}

function fault(detail: string): RequestInvalid {
  return new RequestInvalid([{ pointer: '/url', detail }]);
}
