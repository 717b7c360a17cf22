import { types } from 'node:util';

import { codeOf } from '../../common/errors.js';

/**
 * The database is unavailable: a connection failed for any reason, or the server refused a
 * statement for a reason unrelated to it. Such reasons name roles, databases and files, never
 * values of a statement, so the message is safe for the log.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  /** The server's SQLSTATE, or the code of the system or of TLS. */
  readonly code: string | undefined;

  constructor(override readonly cause: unknown) {
    super(serverMessage(cause));
    this.code = codeOf(cause);
  }
}

/** What a statement fails with when the server is silent: a time-out. */
export function overdue(): Error {
  return Object.assign(new Error('the database server does not answer'), { code: 'ETIMEDOUT' });
}

/**
 * The message of the server or the network in one line: `FATAL: password authentication failed for
 * user "app"`. Only for failures to connect and `DatabaseUnavailable`: other messages of the server
 * repeat the values of a statement.
 */
export function serverMessage(error: unknown): string {
  if (!types.isNativeError(error)) return 'a value that is no error was thrown';
  // Several addresses of one host were tried; the error as a whole has no message.
  if (error instanceof AggregateError && error.errors.length > 0)
    return [...new Set(error.errors.map(serverMessage))].join('; ');
  // Messages of the system contain the address of the database, which does not belong into the log.
  if ('syscall' in error && 'code' in error)
    return `${String(error.syscall)} ${String(error.code)}`;
  const severity = 'severity' in error ? `${String(error.severity)}: ` : '';
  return `${severity}${error.message}`.replaceAll(/\s+/g, ' ').trim();
}
