import * as fc from 'fast-check';

import { type BulkFormat, decode, encode, type NumberedRecord } from './bulk-format.js';
import { recordBatches } from './record-batches.js';

async function* chunks(...parts: (string | Buffer)[]) {
  for (const part of parts) yield Buffer.from(part as string);
  await Promise.resolve();
}

async function recordsOf(
  format: BulkFormat,
  ...parts: (string | Buffer)[]
): Promise<NumberedRecord[]> {
  const records: NumberedRecord[] = [];
  for await (const batch of recordBatches(chunks(...parts), format, 2)) records.push(...batch);
  return records;
}

/** Any number does, as long as each run tries the same. */
const SEED = 20;
const CUT_OFF = 'has a quoted field that does not end as it should; the file was read no further';

describe('recordBatches', () => {
  it('finds lines across chunks with any line end, and skips empty ones', async () => {
    const parts = ['\uFEFFa\r\nb', 'c\n', '\n  \nd'];
    const texts = ['a', 'bc', 'd'];
    expect(await recordsOf('jsonl', ...parts)).toEqual(
      texts.map((text, index) => ({ number: index + 1, text })),
    );
    expect(await recordsOf('csv', ...parts)).toEqual(
      texts.map((text, index) => ({ number: index, text })),
    );
  });

  it.each(['csv', 'jsonl'] as const)(
    'makes one empty batch of %s without records',
    async (format) => {
      for (const parts of [[], ['\uFEFF'], ['\n \r\n']]) {
        const batches: NumberedRecord[][] = [];
        for await (const batch of recordBatches(chunks(...parts), format, 2)) batches.push(batch);
        expect(batches).toEqual([[]]);
      }
    },
  );

  it('joins characters that are split between chunks', async () => {
    const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
    expect(await recordsOf('csv', 'x', first, second, '\n')).toEqual([{ number: 0, text: 'xé' }]);
  });

  it('ends a batch of long records early', async () => {
    const line = `${'x'.repeat(60_000)}\n`;
    const sizes: number[] = [];
    const input = chunks(...Array.from({ length: 40 }, () => line));
    for await (const batch of recordBatches(input, 'csv', 1000)) sizes.push(batch.length);
    expect(sizes).toEqual([18, 18, 4]);
  });

  it.each(['csv', 'jsonl'] as const)(
    'names records of %s that are no text, and reads on',
    async (format) => {
      const long = 'x'.repeat(50_000);
      const latin1 = Buffer.from('caf\xe9', 'latin1');
      const records = await recordsOf(format, latin1, '\n', long, long, long, '\nok');
      expect(records.map(({ number: _number, ...rest }) => rest)).toEqual([
        { fault: 'is not UTF-8' },
        { fault: 'is too long' },
        { text: 'ok' },
      ]);
    },
  );

  it('keeps quoted line breaks inside their field', async () => {
    const smuggled = '"v@x.example","Nice\nevil@x.example,Evil,superuser\nname","user"';
    expect(
      await recordsOf('csv', 'email,name,role\n', smuggled, '\r\na@x.example,A,user\n'),
    ).toEqual([
      { number: 0, text: 'email,name,role' },
      { number: 1, text: smuggled },
      { number: 2, text: 'a@x.example,A,user' },
    ]);
  });

  it('discards a huge quoted field with its line breaks while reading', async () => {
    const line = `${'x'.repeat(1000)}\n`;
    const records = await recordsOf(
      'csv',
      '"',
      ...Array.from({ length: 200 }, () => line),
      '"\nok,',
    );
    expect(records).toEqual([
      { number: 0, fault: 'is too long' },
      { number: 1, text: 'ok,' },
    ]);
  });

  it.each([
    ['never ends', 'a,"b\nevil@x.example,E\n'],
    ['of an earlier line ends before other text', 'a,"b\nv@x.example,"x\nevil@x.example,E\n"\n'],
    [
      'of an earlier line ends before half a line end',
      'a,"b\nv@x.example,"\rx\nevil@x.example,E\n',
    ],
    ['begins behind a space', 'v@x.example, "Nice\nevil@x.example,E\nname"\n'],
    ['begins behind a quoted one', 'v@x.example,"Nice" x "y\nevil@x.example,E\nname"\n'],
    ['begins within a field', 'v@x.example,\'"Nice\nevil@x.example,E\nname"\'\n'],
  ])('reads nothing behind a quoted field that %s', async (_how, text) => {
    const expected = [
      { number: 0, text: 'email,name' },
      { number: 1, fault: CUT_OFF },
    ];
    expect(await recordsOf('csv', `email,name\n${text}`)).toEqual(expected);
    expect(await recordsOf('csv', ...`email,name\n${text}`)).toEqual(expected);
  });

  it.each(['"x"y,z', 'a"b",c', '"x"\ry,z', 'x, "y"'])(
    'loses no record behind %j, whose quotes stand in pairs on one line',
    async (broken) => {
      const [, second] = await recordsOf('csv', `${broken}\nok,\n`);
      expect(second).toEqual({ number: 1, text: 'ok,' });
    },
  );

  const fields = fc.array(fc.constantFrom('a', '"', ',', '\n', '\r', 'é', ' ', '\uFEFF', '='), {
    maxLength: 8,
  });
  const field = fields.map((characters) => characters.join(''));

  it.each(['csv', 'jsonl'] as const)(
    'reads back what an export to %s wrote, however it is cut',
    async (format) => {
      const columns = ['email', 'name'] as const;
      const users = fc.array(fc.record({ email: field.map((text) => `e${text}`), name: field }), {
        minLength: 1,
        maxLength: 5,
      });
      await fc.assert(
        fc.asyncProperty(users, fc.integer({ min: 1, max: 9 }), async (written, size) => {
          const head = format === 'csv' ? `${columns.join(',')}\n` : '';
          const bytes = Buffer.from(head + encode(format, columns, written as never));
          const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );
          const { records } = decode({ format, records: await recordsOf(format, ...parts) });
          expect(records).toEqual(
            written.map((user, index) => ({ number: index + 1, fields: user })),
          );
        }),
        { seed: SEED },
      );
    },
  );
});
