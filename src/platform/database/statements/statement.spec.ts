import { combineWrites } from './statement.js';

describe('combineWrites', () => {
  const first = { text: 'INSERT INTO a SELECT $1, $2', values: ['x', 'y'] };

  it('turns all but the last statement into CTEs with renumbered parameters', () => {
    const last = { text: 'INSERT INTO b VALUES ($1) RETURNING id', values: [['z']] };
    expect(combineWrites([first, first, last])).toEqual({
      text:
        'WITH write_0 AS (INSERT INTO a SELECT $1, $2), write_1 AS (INSERT INTO a SELECT $3, $4)' +
        ' INSERT INTO b VALUES ($5) RETURNING id',
      values: ['x', 'y', 'x', 'y', ['z']],
    });
  });

  it('merges the CTEs of the last statement', () => {
    const last = { text: '\n WITH ins AS (INSERT INTO b VALUES ($1)) SELECT 1', values: ['z'] };
    expect(combineWrites([first, last]).text).toBe(
      'WITH write_0 AS (INSERT INTO a SELECT $1, $2), ins AS (INSERT INTO b VALUES ($3)) SELECT 1',
    );
  });

  it('keeps a single statement unchanged', () => {
    expect(combineWrites([first])).toEqual(first);
  });
});
