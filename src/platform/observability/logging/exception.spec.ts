import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';

import { Unauthenticated } from '../../problems/problem.js';
import { describeException, errorType, safeMessage } from './exception.js';

const CANARY = 'canary@example.com';

function databaseError(): DatabaseError {
  const error = new DatabaseError(`duplicate key (lower(email))=(${CANARY})`, 99, 'error');
  return Object.assign(error, { code: '23505', severity: 'ERROR', detail: `Key (${CANARY})` });
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

class Unlucky extends Error {}

describe('errorType', () => {
  it.each([
    ['the code of a problem', new Unauthenticated(), 'auth.unauthenticated'],
    ['the class of an error', new TypeError(CANARY), 'TypeError'],
    ['the class of an error that does not set its name', new Unlucky(CANARY), 'Unlucky'],
    [
      'the name of an aborted call',
      Object.assign(new Error(CANARY), { name: 'AbortError' }),
      'AbortError',
    ],
    ['the class of a database error', databaseError(), 'DatabaseError'],
    ['the code of a system error', Object.assign(new Error(CANARY), { code: 'EPIPE' }), 'EPIPE'],
    ['a word of its own for a bare error', new Error(CANARY), '_OTHER'],
    ['the same for a thrown text', CANARY, '_OTHER'],
  ])('is %s', (_what, error, type) => {
    expect(errorType(error)).toBe(type);
  });
});

describe('safeMessage', () => {
  it('shows the class of errors that do not set their name', () => {
    expect(safeMessage(new Unlucky('out of luck'))).toBe('Unlucky: out of luck');
  });

  it('shows type, code and message of ordinary errors', () => {
    const error = Object.assign(new TypeError('no such host'), { code: 'ENOTFOUND' });
    expect(safeMessage(error)).toBe('TypeError [ENOTFOUND]: no such host');
    expect(safeMessage(new Error('plain'))).toBe('Error: plain');
  });

  it.each([
    ['connect', { syscall: 'connect', code: 'ECONNREFUSED', address: '10.0.0.7', port: 5432 }],
    ['getaddrinfo', { syscall: 'getaddrinfo', code: 'ENOTFOUND', hostname: '10.0.0.7' }],
  ])('leaves the address out of a failed %s', (syscall, fields) => {
    const error = Object.assign(new Error(`${syscall} ${fields.code} 10.0.0.7:5432`), fields);
    expect(safeMessage(error)).toBe(`Error [${fields.code}]: ${syscall} failed`);
  });

  it('reduces database errors to their code', () => {
    expect(safeMessage(databaseError())).toBe('error [23505]');
  });

  it('hides thrown values that are not errors', () => {
    expect(safeMessage(CANARY)).toBe('a value that is no error was thrown');
  });
});

describe('describeException', () => {
  it.each([
    ['a database error', databaseError()],
    ['a failed query', new QueryFailedError(`SELECT '${CANARY}'`, [CANARY], databaseError())],
    ['bad JSON', thrownBy(() => JSON.parse(`{"email": ${CANARY}`))],
    ['a bad URL', thrownBy(() => decodeURIComponent(`%${CANARY}`))],
    ['a refused request', Object.assign(new Error(CANARY), { statusCode: 400 })],
    ['a wrapped one', new Error('outer', { cause: databaseError() })],
    ['a thrown text', new Error('outer', { cause: CANARY })],
  ])('holds no input in %s', (_what, error) => {
    expect(error).toBeDefined();
    expect(describeException(error)).not.toContain(CANARY);
  });

  it('has the stack and the chain of causes', () => {
    const text = describeException(new Error('outer', { cause: new TypeError('inner') }));
    expect(text).toMatch(/^Error: outer\n\s+at .*\n[\s\S]*caused by: TypeError: inner\n\s+at /);
    expect(text).toContain('exception.spec');
  });

  it('names the driver error below a failed query', () => {
    const text = describeException(new QueryFailedError('SELECT 1', [], databaseError()));
    expect(text).toContain('caused by: error [23505]');
  });

  it('stops at circular causes', () => {
    const error = new Error('round');
    error.cause = error;
    expect(describeException(error).match(/caused by/g)).toHaveLength(4);
  });
});
