import { z } from 'zod';

import { cursorOf, encodeCursor } from './cursor.js';

const key = cursorOf(z.tuple([z.string(), z.uuid()]));
const id = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';

describe('cursors', () => {
  it('decode to the original key, whatever its characters', () => {
    for (const text of ['ada', '100%_\\', 'Ünïcödé 🦊', '"],["', ''])
      expect(key.parse(encodeCursor([text, id]))).toEqual([text, id]);
  });

  it('are safe in a query string', () => {
    expect(encodeCursor(['a?b&c=d+e/f', id])).toMatch(/^[\w-]+$/);
  });

  it.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['no UTF-8', Buffer.from(`["\xe9","${id}"]`, 'latin1').toString('base64url')],
    ['another shape', encodeCursor([id])],
    ['a bad id', encodeCursor(['ada', 'x'])],
    ['an object', Buffer.from('{"0":"ada"}').toString('base64url')],
  ])('reject %s', (_what, text) => {
    expect(key.safeParse(text).error?.issues).toMatchObject([
      { message: 'must be a next_cursor of this list' },
    ]);
  });
});
