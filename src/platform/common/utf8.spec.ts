import { decodeUtf8, NotUtf8 } from './utf8.js';

describe('decodeUtf8', () => {
  it.each([
    ['ASCII', 'user'],
    ['letters beyond it', 'Zoë Ω 日本'],
    ['characters outside the basic plane', '🙂'],
    ['a replacement character that was meant', 'a\u{FFFD}b'],
    ['NUL', 'a\0b'],
    ['nothing', ''],
  ])('reads %s', (_name, text) => {
    expect(decodeUtf8(Buffer.from(text))).toBe(text);
  });

  it('reads a part of a larger buffer', () => {
    expect(decodeUtf8(Buffer.from('xéx').subarray(1, 3))).toBe('é');
  });

  it('removes a byte-order mark only at the start', () => {
    expect(decodeUtf8(Buffer.from('\u{FEFF}a\u{FEFF}'))).toBe('a\u{FEFF}');
  });

  it.each([
    ['a byte of Latin-1', [0x63, 0xe9]],
    ['a character that is cut off', [0xe2, 0x82]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a code point beyond the last one', [0xf4, 0x90, 0x80, 0x80]],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00]],
  ])('refuses %s', (_name, bytes) => {
    expect(() => decodeUtf8(Uint8Array.from(bytes))).toThrow(NotUtf8);
  });
});
