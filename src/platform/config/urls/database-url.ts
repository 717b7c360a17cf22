import { assertPort, canonicalHost, credentials, parseUrl, UrlFault, urlSchema } from './url.js';

/** Parameters that name a part of the URL. As in libpq they take precedence over that part. */
const PARTS = ['host', 'port', 'user', 'password', 'dbname'] as const;

/** Parameters for the protection of a connection; `src/database/database-tls.ts` reads them. */
export const tlsParameters = [
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslnegotiation',
  'uselibpqcompat',
] as const;

const PASSED_ON: ReadonlySet<string> = new Set([
  'application_name',
  'fallback_application_name',
  'options',
  ...tlsParameters,
]);

/**
 * Protection of a connection, in libpq's terms; `src/database/database-tls.ts` has their meaning.
 */
export const sslModes = [
  'disable',
  'allow',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
] as const;
export type SslMode = (typeof sslModes)[number];

/** Parameters that are passed on with one of these values only. */
const ALLOWED_VALUES: Readonly<Record<string, readonly string[]>> = {
  sslmode: sslModes,
  sslnegotiation: ['postgres', 'direct'],
};

/** Parameters without effect, accepted with the values that match the driver's behaviour. */
const WITHOUT_EFFECT: Readonly<Record<string, readonly string[]>> = {
  channel_binding: ['disable', 'prefer'],
  gssencmode: ['disable', 'prefer'],
  target_session_attrs: ['any'],
};

/**
 * Further keywords of libpq, which the driver ignores silently. Only these may appear in a fault:
 * any other word may be part of a password.
 * https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-PARAMKEYWORDS
 */
const UNSUPPORTED = new Set(
  `client_encoding connect_timeout gsslib gssdelegation hostaddr keepalives keepalives_count keepalives_idle
  keepalives_interval krbsrvname load_balance_hosts max_protocol_version min_protocol_version passfile replication
  require_auth requirepeer requiressl scram_client_key scram_server_key service servicefile ssl ssl_max_protocol_version
  ssl_min_protocol_version sslcertmode sslcompression sslcrl sslcrldir sslkeylogfile sslpassword sslsni
  tcp_user_timeout`.split(/\s+/),
);

/**
 * A connection URI in any form of libpq, in the canonical form for all clients:
 * `postgresql://user:password@host:port/database?…`, and `?host=` for the folder of a socket.
 * Missing parts stay missing; the driver has libpq's defaults for them, including `PGHOST` and
 * similar variables. https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 * @throws UrlFault
 */
export function readDatabaseUrl(text: string): string {
  const url = parseUrl(text, ['postgres', 'postgresql']);
  if (url.hasFragment) throw new UrlFault('must not have a fragment (write %23 for #)');
  const given: Partial<Record<(typeof PARTS)[number], string>> = {};
  const parameters = new Map<string, string>();
  for (const [name, value] of url.query) {
    if (PARTS.includes(name as never)) given[name as keyof typeof given] = value;
    // JDBC drivers write it; libpq reads it so.
    else if (name === 'ssl' && value === 'true') parameters.set('sslmode', 'require');
    else if (PASSED_ON.has(name) && ALLOWED_VALUES[name]?.includes(value) !== false)
      parameters.set(name, value);
    else if (WITHOUT_EFFECT[name]?.includes(value) !== true) throw new UrlFault(refusal(name));
  }
  const {
    host = url.host,
    port = url.port,
    user = url.user,
    password = url.password,
    dbname = url.path.slice(1),
  } = given;
  if (host.includes(',') || port.includes(','))
    throw new UrlFault('must name one host; several are not supported');
  assertPort(port);
  // The driver decodes all escapes of the name but those of characters that could end it.
  if (/[?#]/.test(dbname)) throw new UrlFault('must not have ? or # in the name of the database');
  const path = `/${encodeURI(dbname)}`;
  const login = credentials({ user, password });
  const address = addressOf(host, port);
  const query = [...address.parameters, ...parameters].map((pair) =>
    pair.map(encodeURIComponent).join('='),
  );
  return `postgresql://${login}${address.authority}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** Address of the server. URLs cannot contain the folder of a socket, or only a port. */
function addressOf(host: string, port: string) {
  const isFolder = host.startsWith('/') || host.startsWith('@');
  if (host !== '' && !isFolder)
    return {
      authority: `${canonicalHost(host)}${port === '' ? '' : `:${port}`}`,
      parameters: [],
    };
  const parameters = Object.entries({ host, port }).filter(([, value]) => value !== '');
  return { authority: '', parameters };
}

function refusal(name: string): string {
  if (UNSUPPORTED.has(name)) return `must not have the parameter ${name}, which is not supported`;
  const accepted = WITHOUT_EFFECT[name] ?? ALLOWED_VALUES[name];
  if (accepted !== undefined)
    return `must have no other value than ${accepted.join(' or ')} for the parameter ${name}`;
  return 'must not have a parameter that is not known';
}

export const databaseUrl = urlSchema(readDatabaseUrl, 'URL (postgres, postgresql)');
