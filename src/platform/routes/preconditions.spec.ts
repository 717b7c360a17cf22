import { entityTag, ifMatch } from './preconditions.js';

describe('ifMatch', () => {
  it.each<[string | undefined, readonly number[] | undefined]>([
    [undefined, undefined],
    ['*', undefined],
    ['"3"', [3]],
    ['"3", "17"', [3, 17]],
    ['"3", *', undefined],
    ['W/"3"', []],
    ['3', []],
    ['"03"', []],
    ['"3.0", "-3", "x"', []],
    ['', []],
  ])('allows for %j the versions %j', (header, versions) => {
    expect(ifMatch(header)).toEqual(versions);
  });

  it('reads the tags that entityTag writes', () => {
    expect(ifMatch(entityTag({ version: 12 }))).toEqual([12]);
  });
});
