import type { IncomingHttpHeaders } from 'node:http';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request changes nothing (RFC 9110 §9.2.1). */
export function isSafe({ method }: { readonly method: string }): boolean {
  return SAFE_METHODS.has(method);
}

/**
 * Whether a request that changes something comes from a page of ours. `Sec-Fetch-Site` decides where
 * it is present: under `no-referrer`, browsers send `Origin: null` with our own forms.
 * @param origin ours; the host that the request names is ours too.
 */
export function isFromOurPages(headers: IncomingHttpHeaders, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? isOurs(headers, origin) : site === 'same-origin';
}

/**
 * Whether a request that changes nothing may use the cookies that came with it: not where a script,
 * an image or a frame of a foreign page asks.
 * @param page whether it asks for a page: links of mails and of other sites lead there.
 */
export function mayReadWithCookies(
  headers: IncomingHttpHeaders,
  { origin, page }: { readonly origin: string; readonly page: boolean },
): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined) return headers.origin === undefined || isOurs(headers, origin);
  if (site === 'same-origin' || site === 'none') return true;
  return (
    page && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  );
}

function isOurs({ origin: given, host }: IncomingHttpHeaders, origin: string): boolean {
  if (given === undefined || given === 'null') return false;
  return given === origin || (host !== undefined && URL.parse(given)?.host === host);
}
