import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import { Connection } from 'pg';

/** A request to cancel has no answer: the server reads it and closes the connection. */
const CANCEL_MS = 1000;

/** A connection of node-postgres, with the data for a cancel request. */
export interface Cancellable {
  readonly host: string;
  readonly port: number;
  readonly ssl: unknown;
  readonly connection: { readonly stream: Socket };
  readonly sslNegotiation: string;
  /** Set by the server at the start of the connection. */
  readonly processID: number | null;
  readonly secretKey: number | null;
}

/** Members of node-postgres' connection that its types omit. */
interface CancelConnection extends EventEmitter {
  readonly stream: Socket;
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/**
 * Asks the server to cancel the statement of a waiting connection, on a separate short connection
 * that does not count against `max_connections`. The request has no answer: the result arrives on
 * the waiting connection. Without it the server continues for a closed client: a commit that waits
 * for a synchronous standby checks nothing else. See
 * https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
export function requestCancel(waiting: Cancellable): void {
  const { host, port, sslNegotiation, processID, secretKey } = waiting;
  // TLS if the waiting connection has it; with `sslmode=prefer` it may be unencrypted.
  const ssl = waiting.connection.stream instanceof TLSSocket && waiting.ssl;
  if (processID === null || secretKey === null) return;
  // Its types omit `sslNegotiation`.
  const options: object = { ssl, sslNegotiation };
  const connection = new Connection(options) as unknown as CancelConnection;
  const cancel = () => connection.cancel(processID, secretKey);
  const end = () => connection.stream.destroy();
  const timer = setTimeout(end, CANCEL_MS).unref();
  connection
    .on('error', end)
    .on('end', () => clearTimeout(timer))
    .on('sslconnect', cancel)
    .on('connect', () => {
      if (!ssl) cancel();
      else if (sslNegotiation !== 'direct') connection.requestSsl();
    });
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
}
