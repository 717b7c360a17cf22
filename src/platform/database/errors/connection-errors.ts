import { codeOf } from '../../common/errors.js';
import { DatabaseUnavailable } from './database-unavailable.js';
import { meaningOf } from './sqlstates.js';

/** Messages of node-postgres and its pool when the server does not answer, or no connection becomes free. */
const TIMEOUT_MESSAGE =
  /timeout exceeded when trying to connect|connection timeout|timeout expired/i;

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * Messages of node-postgres that have no code of their own, and TypeORM's for a statement on a connection that broke
 * since the one before.
 */
const UNAVAILABLE_MESSAGE =
  /query runner (was )?already released|connection terminated|connection ended|client was closed|client has encountered a connection error|not queryable|pool after calling end|driver not connected|connection is not established/i;

/** True if an error means that the database is currently unavailable, see `sqlstates.ts`. */
export function isConnectionError(error: unknown): boolean {
  const said = driverErrorOf(error);
  if (said instanceof DatabaseUnavailable) return true;
  if (!(said instanceof Error)) return false;
  if (said instanceof AggregateError) return said.errors.some(isConnectionError);
  const code = codeOf(said) ?? '';
  return (
    ['unavailable', 'conflict'].includes(meaningOf(code)) ||
    NETWORK_CODES.has(code) ||
    isTimeout(said) ||
    UNAVAILABLE_MESSAGE.test(said.message)
  );
}

/**
 * An error as `DatabaseUnavailable` with the server's message, if the database is unavailable;
 * otherwise unchanged.
 */
export function asUnavailable(error: unknown): unknown {
  return error instanceof DatabaseUnavailable || !isConnectionError(error)
    ? error
    : new DatabaseUnavailable(driverErrorOf(error));
}

/** True if an error is a time-out, so that a retry would take as long again. */
export function isTimeout(error: unknown): boolean {
  const cause = rootOf(error);
  if (!(cause instanceof Error)) return false;
  const code = codeOf(cause) ?? '';
  return (
    meaningOf(code) === 'timeout' || code === 'ETIMEDOUT' || TIMEOUT_MESSAGE.test(cause.message)
  );
}

/** True if a transaction was rolled back because of another one: an immediate retry may succeed. */
export function isConflict(error: unknown): boolean {
  return meaningOf(codeOf(rootOf(error)) ?? '') === 'conflict';
}

/** True when a lock was not free within `lock_timeout` (SQLSTATE 55P03). */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(rootOf(error)) === '55P03';
}

/** The violated unique constraint of an error (SQLSTATE 23505). */
export function violatedUnique(error: unknown): string | undefined {
  const cause = driverErrorOf(error);
  return codeOf(cause) === '23505' && cause instanceof Error && 'constraint' in cause
    ? String(cause.constraint)
    : undefined;
}

/** The error of the driver, without the wrappers of TypeORM and ours. */
function rootOf(error: unknown): unknown {
  const said = driverErrorOf(error);
  return said instanceof DatabaseUnavailable ? rootOf(said.cause) : said;
}

/** The error of the driver, without TypeORM's wrapper. */
function driverErrorOf(error: unknown): unknown {
  return error instanceof Error && 'driverError' in error ? error.driverError : error;
}
