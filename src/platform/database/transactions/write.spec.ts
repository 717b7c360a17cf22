import type { QueryResult } from 'pg';

import type { RunStatement, Statement } from '../statements/statement.js';
import { storeWrites, type WriteKind, writeBy, writeOf } from './write.js';

const kind = (name: string, more: Partial<WriteKind<string>> = {}): WriteKind<string> => ({
  name,
  store: (run, rows, lockTimeoutMs) =>
    run({ text: `INSERT INTO ${name} SELECT unnest($1), $2`, values: [rows, lockTimeoutMs] }),
  ...more,
});

describe('storeWrites', () => {
  const statements: Statement[] = [];
  const run = ((statement: Statement) => {
    statements.push(statement);
    return Promise.resolve({ rows: [{ id: '1' }] } as unknown as QueryResult);
  }) as RunStatement;

  beforeEach(() => statements.splice(0));

  it('stores the rows of each kind as a set, all with one statement', async () => {
    const [users, audit] = [kind('users'), kind('audit')];
    await storeWrites(run, [writeOf(users, 'a'), writeOf(audit, 'x'), writeOf(users, 'b')], 500);
    expect(statements).toEqual([
      {
        text:
          'WITH write_0 AS (INSERT INTO users SELECT unnest($1), $2)' +
          ' INSERT INTO audit SELECT unnest($3), $4',
        values: [['a', 'b'], 500, ['x'], 500],
      },
    ]);
  });

  it('puts a kind with its own WITH last, and gives it the rows of the statement', async () => {
    let returned: unknown;
    const job = kind('job', {
      last: true,
      store: async (runLast, rows) => {
        const text = 'WITH ins AS (INSERT INTO job VALUES ($1)) SELECT 1';
        returned = (await runLast({ text, values: [...rows] })).rows;
      },
    });
    await storeWrites(run, [writeOf(job, 'j'), writeOf(kind('users'), 'a')]);
    expect(statements.map(({ text }) => text)).toEqual([
      'WITH write_0 AS (INSERT INTO users SELECT unnest($1), $2), ins AS (INSERT INTO job VALUES ($3)) SELECT 1',
    ]);
    expect(returned).toEqual([{ id: '1' }]);
  });

  it('accepts a plain statement', async () => {
    const statement = { text: 'DELETE FROM a WHERE b = $1', values: ['c'] };
    await storeWrites(run, [writeBy(statement)]);
    expect(statements).toEqual([statement]);
  });

  it('lets a kind translate an error of the statement', async () => {
    const users = kind('users', {
      store: async (runUsers, rows) => {
        await runUsers({ text: 'INSERT', values: [...rows] }).catch((cause: unknown) => {
          throw new Error('taken', { cause });
        });
      },
    });
    const refused = () => Promise.reject(new Error('duplicate key'));
    const stored = storeWrites(refused, [writeOf(users, 'a'), writeOf(kind('audit'), 'x')]);
    await expect(stored).rejects.toThrow('taken');
  });
});
