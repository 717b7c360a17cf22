import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

import { Client, type ClientConfig, type QueryResult, type QueryResultRow } from 'pg';

import { queryOf, type Statement } from './statement.js';

/** A standby refuses to write: after a failover the connection leads to the wrong server. */
const READ_ONLY = '25006';
/** The server closes its end as soon as it hears that a client leaves; a dead one says nothing. */
const GOODBYE_MS = 1000;

/** What node-postgres has and its types leave out. */
interface Internals {
  readonly connection: EventEmitter & { readonly stream: Socket };
  readonly readyForQuery: boolean;
  readonly _ending: boolean;
}

export interface DatabaseClientConfig extends ClientConfig {
  /** Longest silence of a server that owes an answer, in milliseconds. */
  readonly silenceMs?: number;
  /** Whether statements may be prepared by name; a transaction pooler loses them. */
  readonly preparedStatements?: boolean;
}

/**
 * A connection that knows when it is of no use any more. node-postgres' `query_timeout` answers the
 * caller but keeps the socket, and the pool hands it to the next one; here a socket on which an
 * answer is overdue is destroyed, so that pools and callers notice. TCP itself would try for a quarter
 * of an hour. A connection to a server that has become read-only is closed as well.
 */
export class DatabaseClient extends Client {
  private readonly silenceMs: number;
  private readonly prepares: boolean;
  private readonly openedAt = performance.now();

  constructor(config: DatabaseClientConfig) {
    super({ keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...config });
    this.silenceMs = config.silenceMs ?? 0;
    this.prepares = config.preparedStatements ?? false;
    // A server may say goodbye in the same breath in which it says hello, before the pool's caller can listen. Without
    // a listener that ends the process; with one, the next statement fails, since the client is of no use any more.
    this.on('error', () => undefined);
    this.internals.connection.on('errorMessage', ({ code }: { code?: string }) => {
      if (code === READ_ONLY) void this.end();
    });
    this.once('connect', () => {
      const { stream } = this.internals.connection;
      stream.on('timeout', () => this.onSilence(stream));
      this.allowSilence();
    });
  }

  /** Milliseconds since it was made, by the monotonic clock. */
  get ageMs(): number {
    return performance.now() - this.openedAt;
  }

  /** Changes the limit, for statements that may take longer; back to the configured one without it. */
  allowSilence(milliseconds = this.silenceMs): void {
    this.internals.connection.stream.setTimeout(milliseconds);
  }

  /** Runs a statement that is parsed and planned once on this connection. */
  async prepared<Row extends QueryResultRow>(statement: Statement): Promise<QueryResult<Row>> {
    return this.query<Row>(queryOf(statement, this.prepares));
  }

  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | void {
    this.allowSilence(GOODBYE_MS);
    return callback ? super.end(callback) : super.end();
  }

  private onSilence(stream: Socket): void {
    const { readyForQuery, _ending: ending } = this.internals;
    if (readyForQuery && !ending) return;
    stream.destroy(
      Object.assign(new Error('the database server does not answer'), { code: 'ETIMEDOUT' }),
    );
  }

  private get internals(): Internals {
    return this as unknown as Internals;
  }
}
