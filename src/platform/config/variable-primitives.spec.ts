import { flag, isStrong, list, oneOf, seconds, text, whole } from './variable-primitives.js';

describe('primitives of the environment', () => {
  it.each(['true', 'TRUE', '1', 'yes', 'on'])('reads %s as true', (raw) =>
    expect(flag.parse(raw)).toBe(true),
  );

  it.each(['false', '0', 'No', 'off'])('reads %s as false', (raw) =>
    expect(flag.parse(raw)).toBe(false),
  );

  it.each(['2', 'ja', ' true '])('rejects %p as a flag', (raw) =>
    expect(flag.safeParse(raw).error?.issues[0]?.message).toBe('must be true or false'),
  );

  it('accepts whole numbers at their bounds only', () => {
    const port = whole(0, 65_535);
    expect(['0', '65535'].map((raw) => port.parse(raw))).toEqual([0, 65_535]);
    for (const raw of ['65536', '-1', '1.5', '1e3', '0x10', ' 1', '1'.repeat(16)])
      expect(port.safeParse(raw).success).toBe(false);
  });

  it('requires at least one second by default', () => {
    expect(seconds().safeParse('0').success).toBe(false);
    expect(seconds(0).parse('0')).toBe(0);
  });

  it('trims the elements of a list and rejects empty ones', () => {
    expect(list().parse(' a , b')).toEqual(['a', 'b']);
    for (const raw of ['a,', ',a', 'a, ,b', ',']) expect(list().safeParse(raw).success).toBe(false);
  });

  it('accepts words in any case, and returns them as listed', () => {
    const word = oneOf(['open', 'Closed']);
    expect(['OPEN', 'closed'].map((raw) => word.parse(raw))).toEqual(['open', 'Closed']);
  });

  it('lists the accepted words, not the given one', () => {
    const message = oneOf(['json', 'text']).safeParse('jsn').error?.issues[0]?.message;
    expect(message).toBe('must be one of json, text');
  });

  it('rejects control characters and overlong text', () => {
    expect(text().safeParse('a\nb').success).toBe(false);
    expect(text(3).safeParse('abcd').success).toBe(false);
    expect(text(3).parse('abc')).toBe('abc');
  });

  it('measures secrets in bytes', () => {
    expect(isStrong('x'.repeat(31))).toBe(false);
    expect(isStrong('ü'.repeat(16))).toBe(true);
  });
});
