/** SQLSTATE classes and codes that say the server or the way to it is gone, not the statement. */
const UNAVAILABLE_SQLSTATE = /^(08|57P0[1-5]|53300|53400|25006|55P04)/;

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
  'ETIMEDOUT',
]);

/** Messages of node-postgres that have no code of their own. */
const UNAVAILABLE_MESSAGE =
  /connection terminated|connection ended|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|not queryable|pool after calling end|driver not connected|connection is not established/i;

/** True when an error means that the database cannot be reached right now. */
export function isConnectionError(error: unknown): boolean {
  const cause = rootOf(error);
  if (!(cause instanceof Error)) return false;
  if (cause instanceof AggregateError) return cause.errors.some(isConnectionError);
  const code = codeOf(cause);
  return (
    UNAVAILABLE_SQLSTATE.test(code) ||
    NETWORK_CODES.has(code) ||
    UNAVAILABLE_MESSAGE.test(cause.message)
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
