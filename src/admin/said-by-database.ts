import { codeOf, DatabaseUnavailable, serverSentence } from '../database/database-unavailable.js';

/** SQLSTATE class of data exceptions, whose messages repeat the values they complain about. */
const DATA_EXCEPTION = /^22/;

/**
 * What PostgreSQL, a pooler or the way to them said to a command, in a line with its SQLSTATE. Nothing where it was
 * not the database that failed.
 */
export function saidByDatabase(error: unknown): string | undefined {
  for (let said = error; said instanceof Error; said = causeOf(said)) {
    if (said instanceof DatabaseUnavailable)
      return `The database cannot be reached: ${said.message}${sqlstate(said.cause)}`;
    if ('severity' in said) {
      const silent = DATA_EXCEPTION.test(codeOf(said) ?? '');
      return `The database refused: ${silent ? 'a value' : serverSentence(said)}${sqlstate(said)}`;
    }
  }
  return undefined;
}

/** TypeORM keeps the driver's error in a property of its own. */
function causeOf(error: Error): unknown {
  return 'driverError' in error ? error.driverError : error.cause;
}

/** Codes of the system, such as ECONNREFUSED, stand in the sentence already. */
function sqlstate(error: unknown): string {
  return error instanceof Error && 'severity' in error ? ` [${codeOf(error)}]` : '';
}
