import {
  canonicalHost,
  credentials,
  parseUrl,
  refuseParameters,
  UrlFault,
  type UrlParts,
  urlSchema,
} from './url.js';

/**
 * Ports that `fetch` and browsers refuse to call, so that each call would fail.
 * https://fetch.spec.whatwg.org/#bad-port
 */
export const BAD_PORTS: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
  512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
  995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 10080,
]);

const isHttp = ({ scheme }: UrlParts) => scheme === 'http' || scheme === 'https';

/**
 * A URL to call by HTTP: no user or password, which clients refuse or drop, and no query.
 * @param see the variable for credentials.
 * @throws UrlFault
 */
function readHttpUrl(text: string, see?: string, lowestPort?: number): URL {
  const parts = parseUrl(text, ['http', 'https'], lowestPort);
  refuseParameters(parts);
  if (parts.user !== '' || parts.password !== '')
    throw new UrlFault(`must not hold a user or password${see ? ` (see ${see})` : ''}`);
  canonicalHost(parts.host);
  return new URL(text);
}

function callable(url: URL): URL {
  if (BAD_PORTS.has(Number(url.port)))
    throw new UrlFault('must not have a port that browsers and fetch refuse to call');
  return url;
}

/** A URL up to its path, in the one form that all clients read alike. */
function addressOf({ scheme, port, host, ...login }: UrlParts): string {
  return `${scheme}://${credentials(login)}${canonicalHost(host)}${port === '' ? '' : `:${port}`}`;
}

/** Base of paths, without a trailing slash. */
const asBase = ({ href }: URL) => href.replace(/\/+$/, '');

/**
 * Base of an HTTP service.
 * @param see the variable for credentials, for the fault about a password in the URL.
 */
export const httpBase = (see?: string) =>
  urlSchema((text) => asBase(callable(readHttpUrl(text, see))), 'URL (http, https)');

/** Base of links; port 0 means the port of the process. */
export const publicBase = urlSchema(
  (text) => asBase(callable(readHttpUrl(text, undefined, 0))),
  'URL (http, https)',
);

/** Identifier of an OpenID provider, used as it is: a slash at its end counts. */
export const issuerUrl = urlSchema((text) => {
  callable(readHttpUrl(text));
  return text;
}, 'URL (http, https)');

/** URL of an OTLP receiver, used as it is. */
export const receiverUrl = urlSchema(
  (text) => readHttpUrl(text, 'OTEL_EXPORTER_OTLP_HEADERS').href,
  'URL (http, https)',
);

/** Base of an HTTP mail service, an SMTP server, or the word `log:`. */
export const mailUrl = urlSchema((text) => {
  if (/^log:$/i.test(text)) return 'log:';
  const parts = parseUrl(text, ['http', 'https', 'smtp', 'smtps']);
  if (isHttp(parts)) return asBase(callable(readHttpUrl(text, 'EMAIL_SERVICE_TOKEN')));
  refuseParameters(parts);
  if (parts.path.length > 1) throw new UrlFault('must not have a path when it is smtp');
  return addressOf(parts);
}, 'URL (http, https, smtp, smtps) or `log:`');

/** Base of an HTTP service that lists breached passwords, or `file:` and the path of such a list. */
export const breachListUrl = urlSchema((text) => {
  if (!/^file:/i.test(text)) return asBase(callable(readHttpUrl(text)));
  const path = text.slice('file:'.length);
  if (path === '' || /\p{Cc}/u.test(path))
    throw new UrlFault('must have the path of a file after file:');
  return `file:${path}`;
}, 'URL (http, https) or `file:` and a path');

/** Address of a Redis server and, as its path, the number of a database. */
export const redisUrl = urlSchema((text) => {
  const parts = parseUrl(text, ['redis', 'rediss']);
  refuseParameters(parts);
  if (!/^\/?\d{0,9}$/.test(parts.path))
    throw new UrlFault('must have no other path than the number of a database');
  return `${addressOf(parts)}${parts.path}`;
}, 'URL (redis, rediss)');

/**
 * An origin as browsers send it (RFC 6454): in lower case, without the scheme's own port.
 * @throws UrlFault
 */
export function readOrigin(text: string): string {
  const url = readHttpUrl(text);
  if (url.pathname !== '/') throw new UrlFault('must not have a path');
  return url.origin;
}
