/**
 * SQLSTATE classes and codes that say the server or the way to it is gone, not the statement: lost
 * connection, shutdown or start, too many connections, a standby that cannot write.
 */
const UNAVAILABLE_SQLSTATE = /^(08|57P0[1-5]|53300|53400|25006|55P04)/;

/** query_canceled: the server gave up a statement at its limit. */
const TIMEOUT_CODES = new Set(['57014', 'ETIMEDOUT']);

/** Messages of node-postgres and its pool when nobody answers, or no connection becomes free. */
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

/** True when an error means that the database cannot be reached right now. */
export function isConnectionError(error: unknown): boolean {
  const cause = rootOf(error);
  if (!(cause instanceof Error)) return false;
  if (cause instanceof AggregateError) return cause.errors.some(isConnectionError);
  const code = codeOf(cause);
  return (
    UNAVAILABLE_SQLSTATE.test(code) ||
    NETWORK_CODES.has(code) ||
    isTimeout(cause) ||
    UNAVAILABLE_MESSAGE.test(cause.message)
  );
}

/** True when an error means that nothing came in time, so that trying again would take as long. */
export function isTimeout(error: unknown): boolean {
  const cause = rootOf(error);
  return (
    cause instanceof Error &&
    (TIMEOUT_CODES.has(codeOf(cause)) || TIMEOUT_MESSAGE.test(cause.message))
  );
}

/** The violated unique constraint, when that is what an error says (SQLSTATE 23505). */
export function violatedUnique(error: unknown): string | undefined {
  const cause = rootOf(error);
  return codeOf(cause) === '23505' && cause instanceof Error && 'constraint' in cause
    ? String(cause.constraint)
    : undefined;
}

function rootOf(error: unknown): unknown {
  return error instanceof Error && 'driverError' in error ? error.driverError : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
