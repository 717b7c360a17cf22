import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';

import { DependencyUnavailable } from '../problems/problem.js';
import { DatabaseUnavailable } from '../database/errors/database-unavailable.js';
import { databaseErrorLine } from './database-error-line.js';

function refusal(severity: string, code: string, message: string): DatabaseError {
  return Object.assign(new DatabaseError(message, 1, 'error'), { severity, code });
}

describe('databaseErrorLine', () => {
  const password = refusal('FATAL', '28P01', 'password authentication failed for user "app"');

  it.each([
    ['a refused connection', new DatabaseUnavailable(password)],
    [
      'what a service made of it',
      new DependencyUnavailable({ cause: new DatabaseUnavailable(password) }),
    ],
  ])('repeats the message and SQLSTATE of %s', (_what, error) => {
    expect(databaseErrorLine(error)).toBe(
      'The database cannot be reached: FATAL: password authentication failed for user "app" [28P01]',
    );
  });

  it('names the failed route to the server', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    });
    expect(databaseErrorLine(new DatabaseUnavailable(refused))).toBe(
      'The database cannot be reached: connect ECONNREFUSED',
    );
  });

  it('repeats the message of a failed statement unless it contains values', () => {
    const query = (error: DatabaseError) => new QueryFailedError('SELECT 1', [], error);
    const denied = refusal('ERROR', '42501', 'permission denied for table users');
    expect(databaseErrorLine(query(denied))).toBe(
      'The database refused: ERROR: permission denied for table users [42501]',
    );
    const value = refusal('ERROR', '22P02', 'invalid input syntax for type uuid: "secret"');
    expect(databaseErrorLine(query(value))).toBe('The database refused: a value [22P02]');
  });

  it('ignores other errors', () => {
    expect(
      databaseErrorLine(new Error('disk full', { cause: new Error('ENOSPC') })),
    ).toBeUndefined();
    expect(databaseErrorLine('text')).toBeUndefined();
  });
});
