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

/** True when an error means that the database cannot be used right now, see `sqlstates.ts`. */
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

/** An error as `DatabaseUnavailable`, with what the server said, if that is what it means; as it is otherwise. */
export function asUnavailable(error: unknown): unknown {
  return error instanceof DatabaseUnavailable || !isConnectionError(error)
    ? error
    : new DatabaseUnavailable(driverErrorOf(error));
}

/** True when an error means that nothing came in time, so that trying again would take as long. */
export function isTimeout(error: unknown): boolean {
  const cause = rootOf(error);
  if (!(cause instanceof Error)) return false;
  const code = codeOf(cause) ?? '';
  return (
    meaningOf(code) === 'timeout' || code === 'ETIMEDOUT' || TIMEOUT_MESSAGE.test(cause.message)
  );
}

/** True when a transaction was undone because of another one: the same work may pass at once. */
export function isConflict(error: unknown): boolean {
  return meaningOf(codeOf(rootOf(error)) ?? '') === 'conflict';
}

/** True when a lock was not free within `lock_timeout` (SQLSTATE 55P03). */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(rootOf(error)) === '55P03';
}

/** The violated unique constraint, when that is what an error says (SQLSTATE 23505). */
export function violatedUnique(error: unknown): string | undefined {
  const cause = driverErrorOf(error);
  return codeOf(cause) === '23505' && cause instanceof Error && 'constraint' in cause
    ? String(cause.constraint)
    : undefined;
}

/** What the driver threw, without what TypeORM and we put around it. */
function rootOf(error: unknown): unknown {
  const said = driverErrorOf(error);
  return said instanceof DatabaseUnavailable ? rootOf(said.cause) : said;
}

/** What the driver threw, without what TypeORM puts around it. */
function driverErrorOf(error: unknown): unknown {
  return error instanceof Error && 'driverError' in error ? error.driverError : error;
}
