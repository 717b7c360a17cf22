import type { Socket } from 'node:net';
import { callbackify } from 'node:util';

import { Client, type ClientConfig, defaults, type QueryResult, type QueryResultRow } from 'pg';

import { systemUser } from '../../config/urls/system-user.js';
import { type Cancellable, requestCancel } from './cancel-request.js';
import {
  type DriverAddress,
  driverAddress,
  continueUnencrypted,
  type WireConnection,
} from './database-tls.js';
import { DatabaseUnavailable, overdue } from '../errors/database-unavailable.js';
import { startSettings } from './session-settings.js';
import { queryOf, type Statement } from '../statements/statement.js';

// As libpq does; node-postgres itself looks at the environment alone.
defaults.user ??= systemUser();

/** A standby refuses to write: after a failover the connection leads to the wrong server. */
const READ_ONLY = '25006';
/** The server closes the connection after messages of these severities. Some servers translate them. */
const LAST_WORDS = new Set(['FATAL', 'PANIC']);
/** The same by SQLSTATE, in every language: shutdowns, and time limits on sessions and transactions. */
const SESSION_END = /^(57P|25P0[34])/;
/** The server or an administrator cancelled a statement. */
const QUERY_CANCELED = '57014';
/** A live server closes its end when a client disconnects; a dead one does not. */
const GOODBYE_MS = 1000;
/** How long a cancelled statement may take to end. After that the cancellation is lost. */
export const CANCEL_MS = 500;
/**
 * The function in PostgreSQL's source where a commit waits for synchronous standbys; unlike the
 * text of the notice, it is not translated.
 */
const STANDBY_WAIT = 'SyncRepWaitForLSN';

/** An active statement; an error is its outcome, whatever the server answers later. */
interface ActiveQuery {
  _canceledDueToError: Error | false;
}

/** An error or a notice. */
interface ServerMessage {
  readonly code?: string;
  readonly severity?: string;
}

/** Members of node-postgres that its types omit. */
interface Internals extends Cancellable {
  readonly connection: WireConnection;
  readonly readyForQuery: boolean;
  readonly _ending: boolean;
  _queryable: boolean;
  _getActiveQuery(): ActiveQuery | null;
  getStartupConf(): Record<string, string>;
}

const driver = Client.prototype as unknown as Internals;

export interface DatabaseClientConfig extends ClientConfig {
  /** Through a transaction pooler, which refuses most settings at connection start. */
  readonly pooled?: boolean;
  /** Settings of the session beyond those of all connections, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Longest time without a byte from a server whose answer is due, in milliseconds. */
  readonly silenceMs?: number;
  /** Whether statements may be prepared by name; a transaction pooler loses them. */
  readonly preparedStatements?: boolean;
}

/**
 * A connection that detects when it is unusable. node-postgres' `query_timeout` answers the caller
 * but keeps the socket, and the pool hands it to the next one; here a statement whose answer is
 * overdue is cancelled, and a socket that stays silent even then is destroyed, so that pools,
 * callers and the server notice. TCP itself would try for a quarter of an hour. A connection to a
 * server that has become read-only is closed as well, and one whose session the server has ended
 * leaves its pool at once. See docs/adr/0040 and docs/adr/0041.
 *
 * All connections of the process use this class: it sends the required settings at its start, is
 * protected as `sslmode` demands, and fails with `DatabaseUnavailable` for every connection error.
 */
export class DatabaseClient extends Client {
  private readonly silenceMs: number;
  private readonly prepares: boolean;
  private readonly openedAt = performance.now();
  /** Parameters that the server reports for the session; they count more than the configuration of the driver. */
  private readonly settings: Readonly<Record<'all' | 'own', Readonly<Record<string, string>>>>;
  /** Why no connection is possible, such as a missing certificate. */
  private readonly unusable: unknown;

  constructor({ pooled = false, settings = {}, ...config }: DatabaseClientConfig) {
    const address = addressOf(config.connectionString ?? '');
    super({ keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...config, ...address.driver });
    this.unusable = address.unusable;
    if (address.driver.clearIfRefused && address.driver.ssl !== false)
      continueUnencrypted(this.internals.connection);
    this.settings = { all: startSettings(pooled), own: settings };
    this.silenceMs = config.silenceMs ?? 0;
    this.prepares = config.preparedStatements ?? false;
    // A server may accept and shut down at once, before the pool's caller can listen. Without a
    // listener the error ends the process; with one, the next statement fails, since the client is
    // closed.
    this.on('error', () => undefined);
    this.internals.connection.on('errorMessage', (error: ServerMessage) => {
      if (error.code === READ_ONLY) void this.end();
      this.leaveIfEnded(error);
    });
    this.on('notice', (notice) => {
      if (notice.routine === STANDBY_WAIT) this.doubtCommit();
      // A server that stops at once warns before it closes.
      this.leaveIfEnded(notice);
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

  // Called by the driver, also for TypeORM's pool, for the startup parameters.
  getStartupConf(): Record<string, string> {
    return { ...this.settings.all, ...driver.getStartupConf.call(this), ...this.settings.own };
  }

  override connect(): Promise<this>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): Promise<this> | void {
    return callback ? callbackify(() => this.reach())(callback) : this.reach();
  }

  /** @throws DatabaseUnavailable whatever the reason. */
  private async reach(): Promise<this> {
    try {
      if (this.unusable !== undefined) throw this.unusable;
      await super.connect();
      return this;
    } catch (error) {
      throw new DatabaseUnavailable(error);
    }
  }

  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | void {
    // The caller has given up. Without a cancellation the server would continue and keep its locks.
    if (this.internals._getActiveQuery()) requestCancel(this.internals);
    this.allowSilence(GOODBYE_MS);
    return callback ? super.end(callback) : super.end();
  }

  /** The pool drops a client that is not queryable. Without that it could be used again until its socket closes. */
  private leaveIfEnded({ code = '', severity = '' }: ServerMessage): void {
    if (LAST_WORDS.has(severity) || SESSION_END.test(code)) this.internals._queryable = false;
  }

  private onSilence(stream: Socket): void {
    const { readyForQuery, _ending: ending, _queryable: queryable } = this.internals;
    if (readyForQuery && !ending) return;
    if (queryable && !ending) this.giveUp(stream);
    else stream.destroy(overdue());
  }

  /**
   * Cancels the statement. The connection is not reused: a late cancellation would hit the next
   * statement.
   */
  private giveUp(stream: Socket): void {
    this.internals._queryable = false;
    this.internals.connection.once('readyForQuery', () => stream.destroy());
    requestCancel(this.internals);
    this.allowSilence(CANCEL_MS);
  }

  /**
   * PostgreSQL reports a commit as done when its wait for a standby is cancelled, by us or by an
   * administrator. It is done only on this server: a promoted standby may not have it, so it must
   * not be confirmed.
   */
  private doubtCommit(): void {
    const query = this.internals._getActiveQuery();
    if (query)
      query._canceledDueToError = Object.assign(
        new Error('no synchronous standby has confirmed the commit'),
        { code: QUERY_CANCELED },
      );
  }

  private get internals(): Internals {
    return this as unknown as Internals;
  }
}

/** A pool that makes a client expects no error of its constructor. */
function addressOf(connectionString: string): { driver: DriverAddress; unusable?: unknown } {
  try {
    return { driver: driverAddress(connectionString) };
  } catch (error) {
    return {
      driver: { connectionString: '', ssl: false, clearIfRefused: false },
      unusable: error,
    };
  }
}
