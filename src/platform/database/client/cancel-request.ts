import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import { Connection } from 'pg';

/** A request to cancel has no answer: the server reads it and closes the connection. */
const CANCEL_MS = 1000;

/** A connection of node-postgres, as far as it knows whom to ask. */
export interface Cancellable {
  readonly host: string;
  readonly port: number;
  readonly ssl: unknown;
  readonly connection: { readonly stream: Socket };
  readonly sslNegotiation: string;
  /** Given by the server when the connection was made; nothing before. */
  readonly processID: number | null;
  readonly secretKey: number | null;
}

/** What node-postgres' connection has and its types leave out. */
interface CancelConnection extends EventEmitter {
  readonly stream: Socket;
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/**
 * Asks the server to cancel the statement that a connection waits for, on a short connection of its own, which takes none
 * of the server's `max_connections`. It has no answer of its own: the result shows on the connection that waits.
 * Without it the server works on for a client that has left: a commit that waits for a synchronous standby looks at
 * nothing else. See https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
export function requestCancel(waiting: Cancellable): void {
  const { host, port, sslNegotiation, processID, secretKey } = waiting;
  // TLS if the waiting connection has it; with `sslmode=prefer` it may be in the clear.
  const ssl = waiting.connection.stream instanceof TLSSocket && waiting.ssl;
  if (processID === null || secretKey === null) return;
  // Its types know no `sslNegotiation`.
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
