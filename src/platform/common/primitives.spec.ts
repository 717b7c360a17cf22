import { canonicalId, isWellFormed, line, pageLimit, uuid, within } from './primitives.js';

describe('primitives of requests', () => {
  it('trims lines and counts code points, not UTF-16 units', () => {
    const name = line(1, 3);
    expect(name.parse('  ab ')).toBe('ab');
    expect(name.parse('🦊🦊🦊')).toBe('🦊🦊🦊');
    for (const bad of ['', '   ', '🦊🦊🦊🦊', 'abcd', 5, null])
      expect(name.safeParse(bad).success).toBe(false);
  });

  it('writes ids in lower case, however they came', () => {
    const id = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
    expect([uuid.parse(id.toUpperCase()), canonicalId(id.toUpperCase())]).toEqual([id, id]);
  });

  it.each(['a\u0000b', 'a\nb', 'a\u007fb', 'a\u0085b', 'a\ud800b'])(
    'finds %j ill-formed',
    (text) => {
      expect(isWellFormed(text)).toBe(false);
      expect(line(1, 9).safeParse(text).success).toBe(false);
    },
  );

  it('accepts letters of every script', () => {
    for (const text of ['Ünïcödé', '李小龍', 'עברית', '🦊']) expect(isWellFormed(text)).toBe(true);
  });

  it('holds bounds inclusively', () => {
    expect([0, 1, 2, 3].map((length) => within('x'.repeat(length), 1, 2))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('reads page sizes from 1 to 100 and takes 20 when none is given', () => {
    expect(['1', '100', undefined].map((raw) => pageLimit.parse(raw))).toEqual([1, 100, 20]);
    for (const raw of ['0', '101', '-1', '1.5', 'x', '', ' 5', '١'])
      expect(pageLimit.safeParse(raw).success).toBe(false);
  });

  it('takes UUIDs in any case and nothing else', () => {
    expect(uuid.safeParse('019AAD6C-0F7E-7CC0-9A55-6A1C1D2E3F40').success).toBe(true);
    expect(uuid.safeParse('me').success).toBe(false);
  });
});
