import { findStrings, findNonUtf8Strings } from './json-strings.js';

describe('findStrings', () => {
  const find = (value: unknown) => findStrings((text) => text === 'x', value);

  it.each([
    ['nothing', null, []],
    ['nothing wrong', { a: ['b', 1, { c: 'd' }] }, []],
    ['the value itself', 'x', ['']],
    ['fields and elements', { a: 'x', b: ['y', { 'c/~': 'x' }] }, ['/a', '/b/1/c~1~0']],
    ['a key, for its object', { a: { x: 1 } }, ['/a']],
  ])('finds %s', (_name, value, pointers) => {
    expect(find(value)).toEqual(pointers);
  });

  it('limits depth and number of results', () => {
    let value: unknown = 'x';
    for (let depth = 0; depth < 20_000; depth += 1) value = depth % 2 ? [value] : { x: value };
    expect(find(value)).toHaveLength(16);
    expect(find(Array.from({ length: 1000 }, () => 'x'))).toHaveLength(100);
  });
});

describe('findNonUtf8Strings', () => {
  const find = (latin1: string) => findNonUtf8Strings(Buffer.from(latin1, 'latin1'));

  it.each([
    ['a field', '{"name":"Zo\xeb","email":"a"}', ['/name']],
    ['each field', '{"a":["\xff",{"b":"\xc3"}]}', ['/a/0', '/a/1/b']],
    ['a field beside letters that are UTF-8', '{"a":"\xc3\xab","\xc3\xab":"\xeb"}', ['/ë']],
    ['a field beside escapes', '{"a":"\\u00eb","b":"\\\\u00eb\xeb"}', ['/b']],
    ['a key, for its object', '{"a":{"\xeb":1}}', ['/a']],
    ['a field behind a byte-order mark', '\xef\xbb\xbf{"a":"\xeb"}', ['/a']],
    ['the document, when it is no JSON either', '{"a":"\xeb"', ['']],
    ['the document, when bytes stand outside its texts', '{\xa0}', ['']],
  ])('finds %s', (_name, document, pointers) => {
    expect(find(document)).toEqual(pointers);
  });
});
