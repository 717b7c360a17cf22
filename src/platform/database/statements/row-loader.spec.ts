import { RowLoader } from './row-loader.js';

describe('RowLoader', () => {
  const setUp = () => {
    const statements: (readonly string[])[] = [];
    const loader = new RowLoader<string>(async (keys) => {
      statements.push(keys);
      if (keys.includes('broken')) throw new Error('the database is away');
      return new Map(keys.filter((key) => key !== 'missing').map((key) => [key, `row of ${key}`]));
    });
    return { loader, statements };
  };

  it('answers the callers of one turn of the event loop with one statement', async () => {
    const { loader, statements } = setUp();
    expect(await Promise.all(['a', 'b', 'missing'].map((key) => loader.load(key)))).toEqual([
      'row of a',
      'row of b',
      undefined,
    ]);
    expect(statements).toEqual([['a', 'b', 'missing']]);
  });

  it('caches nothing: a later caller gets the current rows', async () => {
    const { loader, statements } = setUp();
    await loader.load('a');
    await loader.load('a');
    expect(statements).toEqual([['a'], ['a']]);
  });

  it('fails every caller when the statement fails', async () => {
    const { loader } = setUp();
    const outcomes = await Promise.allSettled([loader.load('a'), loader.load('broken')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
