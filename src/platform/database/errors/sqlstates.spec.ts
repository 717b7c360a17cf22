import { DatabaseError } from 'pg';

import {
  asUnavailable,
  isConflict,
  isConnectionError,
  isLockTimeout,
  isTimeout,
} from './connection-errors.js';
import { DatabaseUnavailable, serverMessage } from './database-unavailable.js';
import { meaningOf, sqlstates } from './sqlstates.js';

function databaseError(code: string, message = 'no'): DatabaseError {
  return Object.assign(new DatabaseError(message, 0, 'error'), { code, severity: 'ERROR' });
}

/** As TypeORM wraps what the driver threw. */
function queryFailed(driverError: Error): Error {
  return Object.assign(new Error('QueryFailedError'), { driverError, query: 'SELECT 1' });
}

describe('SQLSTATEs', () => {
  it.each(Object.entries(sqlstates))('%s means %s, wrapped or not', (prefix, meaning) => {
    const code = prefix.padEnd(5, '0');
    const error = databaseError(code);
    for (const seen of [error, queryFailed(error), new DatabaseUnavailable(error)]) {
      expect(isTimeout(seen)).toBe(meaning === 'timeout');
      expect(isConflict(seen)).toBe(meaning === 'conflict');
    }
    expect(isConnectionError(queryFailed(error))).toBe(meaning !== 'domain');
    expect(asUnavailable(error) instanceof DatabaseUnavailable).toBe(meaning !== 'domain');
  });

  it.each([
    ['08006', 'unavailable'],
    ['08P01', 'unavailable'],
    ['22P02', 'fault'],
    ['23505', 'domain'],
    ['25006', 'unavailable'],
    ['25P02', 'fault'],
    ['26000', 'fault'],
    ['28000', 'unavailable'],
    ['28P01', 'unavailable'],
    ['3D000', 'unavailable'],
    ['40001', 'conflict'],
    ['40002', 'fault'],
    ['40P01', 'conflict'],
    ['42501', 'fault'],
    ['42P01', 'fault'],
    ['53100', 'unavailable'],
    ['53200', 'unavailable'],
    ['53300', 'unavailable'],
    ['55000', 'fault'],
    ['55P03', 'timeout'],
    ['57014', 'timeout'],
    ['57P03', 'unavailable'],
    ['58030', 'unavailable'],
    ['58P01', 'unavailable'],
    ['F0000', 'unavailable'],
    ['XX000', 'fault'],
    ['ECONNREFUSED', 'fault'],
    ['', 'fault'],
  ])('%s means %s', (code, meaning) => {
    expect(meaningOf(code)).toBe(meaning);
  });

  it('distinguishes a lock time-out from other time-outs', () => {
    expect(isLockTimeout(new DatabaseUnavailable(databaseError('55P03')))).toBe(true);
    expect(isLockTimeout(databaseError('57014'))).toBe(false);
  });
});

describe('the message of a server', () => {
  it('is one line with its severity', () => {
    expect(serverMessage(databaseError('53100', 'could not extend\n file: No space'))).toBe(
      'ERROR: could not extend file: No space',
    );
  });

  it('names the failure at each address without the address', () => {
    const refused = (address: string) =>
      Object.assign(new Error(`connect ECONNREFUSED ${address}:1`), {
        syscall: 'connect',
        code: 'ECONNREFUSED',
      });
    const error = new AggregateError([refused('::1'), refused('127.0.0.1')]);
    expect(serverMessage(error)).toBe('connect ECONNREFUSED');
  });
});
