import { causeOf, codeOf } from '../common/errors.js';
import { DatabaseUnavailable, serverMessage } from '../database/errors/database-unavailable.js';

/** SQLSTATE class of data exceptions, whose messages repeat values. */
const DATA_EXCEPTION = /^22/;

/**
 * One line about a database failure of a command: the message of PostgreSQL, of a pooler or of the
 * network, with its SQLSTATE.
 * @returns undefined if the error is not from the database.
 */
export function databaseErrorLine(error: unknown): string | undefined {
  for (let said = error; said instanceof Error; said = causeOf(said)) {
    if (said instanceof DatabaseUnavailable)
      return `The database cannot be reached: ${said.message}${sqlstate(said.cause)}`;
    if ('severity' in said) {
      const silent = DATA_EXCEPTION.test(codeOf(said) ?? '');
      return `The database refused: ${silent ? 'a value' : serverMessage(said)}${sqlstate(said)}`;
    }
  }
  return undefined;
}

/** The SQLSTATE in brackets. The message already contains system codes, such as ECONNREFUSED. */
function sqlstate(error: unknown): string {
  return error instanceof Error && 'severity' in error ? ` [${codeOf(error)}]` : '';
}
