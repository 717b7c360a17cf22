/**
 * What an error of PostgreSQL means for its caller.
 * - `unavailable`: temporary. A later retry helps, and the request is valid.
 * - `timeout`: like `unavailable`, after a wait that a retry would repeat.
 * - `conflict`: rolled back because of another transaction; an immediate retry may succeed.
 * - `domain`: a constraint refused the data; the repository translates it.
 * - `fault`: a wrong statement or a broken database: a bug to fix.
 */
export type SqlstateMeaning = 'unavailable' | 'timeout' | 'conflict' | 'domain' | 'fault';

/**
 * Meanings by SQLSTATE or class of it, after appendix A of PostgreSQL's manual. The longest
 * matching prefix counts; all others are a `fault`.
 */
export const sqlstates: Readonly<Record<string, SqlstateMeaning>> = {
  // Connection exception; poolers without a connection to the server.
  '08': 'unavailable',
  // Integrity constraint violation.
  '23': 'domain',
  // Read-only transaction: a standby, or a read-only primary.
  '25006': 'unavailable',
  // Transactions that were idle, or open, for too long lose their connection.
  '25P03': 'unavailable',
  '25P04': 'timeout',
  // Wrong or rotated credentials, no login, no entry in pg_hba.conf; poolers pass them on.
  '28': 'unavailable',
  // The database was renamed or dropped.
  '3D': 'unavailable',
  // Serialisation failure, unknown completion, deadlock.
  '40001': 'conflict',
  '40003': 'unavailable',
  '40P01': 'conflict',
  // Disk full, out of memory, too many connections, a limit of the configuration.
  '53': 'unavailable',
  // Object in use, and a lock that was not free in time.
  '55006': 'unavailable',
  '55P03': 'timeout',
  // Shutdown, start, recovery, dropped database; and a statement that was cancelled.
  '57': 'unavailable',
  '57014': 'timeout',
  // The server's system: input and output, files that are missing.
  '58': 'unavailable',
  // The server's configuration file.
  F0: 'unavailable',
};

/** @param code five characters; any other text means a `fault`. */
export function meaningOf(code: string): SqlstateMeaning {
  for (let length = code.length; length >= 2; length -= 1) {
    const meaning = sqlstates[code.slice(0, length)];
    if (meaning !== undefined) return meaning;
  }
  return 'fault';
}
