import type { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

import { type SslMode, sslModes, tlsParameters } from '../../config/urls/database-url.js';

/** Members of node-postgres' protocol that its types omit. */
export interface WireConnection extends EventEmitter {
  readonly stream: Socket;
  connect(port: number | string, host?: string): void;
  attachListeners(stream: Socket): void;
}

/** Options for the driver, without the parameters that it interprets differently. */
export interface DriverAddress {
  readonly connectionString: string;
  /** `false` for an unencrypted connection. */
  readonly ssl: false | ConnectionOptions;
  /** The connection continues unencrypted if the server offers no TLS. */
  readonly clearIfRefused: boolean;
  readonly sslnegotiation?: 'direct';
}

type Given = Readonly<Partial<Record<(typeof tlsParameters)[number], string>>>;

/**
 * TLS settings of a PostgreSQL URL by libpq's rules; node-postgres treats `prefer`, `require` and
 * `verify-ca` as `verify-full`. `allow` is treated as `prefer`, the default. Files are read for
 * each connection, so that replaced ones are found.
 * @throws when a file cannot be read, or the parameters contradict each other.
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export function driverAddress(connectionString: string): DriverAddress {
  const [address = '', text = ''] = connectionString.split(/\?(.*)/s);
  const query = new URLSearchParams(text);
  const given = Object.fromEntries(
    tlsParameters.map((name) => [name, query.get(name) ?? undefined]),
  );
  for (const name of tlsParameters) query.delete(name);
  return {
    connectionString: query.size > 0 ? `${address}?${query.toString()}` : address,
    ...(isSocket(address, query) ? { ssl: false, clearIfRefused: false } : protection(given)),
  };
}

function protection(given: Given): Omit<DriverAddress, 'connectionString'> {
  const mode = sslModes.find((known) => known === (given.sslmode ?? 'prefer'));
  if (mode === undefined) throw new Error(`sslmode must be one of ${sslModes.join(', ')}`);
  const direct = given.sslnegotiation === 'direct';
  const optional = mode === 'allow' || mode === 'prefer';
  if (direct && (optional || mode === 'disable'))
    throw new Error(`sslnegotiation=direct does not go with sslmode=${mode}`);
  return {
    ssl: mode === 'disable' ? false : tlsOptions(mode, given),
    clearIfRefused: optional,
    ...(direct && { sslnegotiation: 'direct' }),
  };
}

function tlsOptions(mode: SslMode, { sslrootcert, sslcert, sslkey }: Given): ConnectionOptions {
  // `system` means the built-in authorities of Node, and so does a missing `sslrootcert`.
  const ca = sslrootcert === 'system' ? undefined : sslrootcert;
  return {
    rejectUnauthorized: mode.startsWith('verify-') || (mode === 'require' && ca !== undefined),
    ...(mode !== 'verify-full' && { checkServerIdentity: () => undefined }),
    ...(ca !== undefined && { ca: readFileSync(ca) }),
    ...(sslcert !== undefined && { cert: readFileSync(sslcert) }),
    ...(sslkey !== undefined && { key: readFileSync(sslkey) }),
  };
}

/** A UNIX socket has no TLS, and needs none. */
function isSocket(address: string, query: URLSearchParams): boolean {
  return /^[/@]/.test(query.get('host') ?? '') || /^\w+:\/\/([^@/]*@)?%2f/i.test(address);
}

/** The answer of a server that has no TLS to a client that asks for it. */
const NO_TLS = 'N';

/** Lets a connection continue unencrypted if the server has no TLS; node-postgres would give up. */
export function continueUnencrypted(connection: WireConnection): void {
  const connect = connection.connect.bind(connection);
  connection.connect = (port, host) => {
    connect(port, host);
    const { stream } = connection;
    const [negotiate] = stream.listeners('data') as ((answer: Buffer) => void)[];
    if (negotiate === undefined) throw new Error('the driver no longer waits for an answer on TLS');
    stream.removeAllListeners('data').once('data', (answer: Buffer) => {
      if (answer.toString('latin1') !== NO_TLS) return negotiate.call(stream, answer);
      connection.attachListeners(stream);
      connection.emit('sslconnect');
    });
  };
}
