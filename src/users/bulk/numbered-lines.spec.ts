import type { NumberedLine } from '../../workers/tasks/bulk/bulk-format.js';
import { lineBatches } from './numbered-lines.js';

async function* chunks(...parts: (string | Buffer)[]) {
  for (const part of parts) yield Buffer.from(part as string);
  await Promise.resolve();
}

async function linesOf(...parts: (string | Buffer)[]): Promise<NumberedLine[]> {
  const lines: NumberedLine[] = [];
  for await (const batch of lineBatches(chunks(...parts), 2)) lines.push(...batch);
  return lines;
}

describe('lineBatches', () => {
  it('finds lines across chunks, with any line end, numbered, without empty ones', async () => {
    expect(await linesOf('\uFEFFa\r\nb', 'c\n', '\n  \nd')).toEqual([
      { line: 1, text: 'a' },
      { line: 2, text: 'bc' },
      { line: 5, text: 'd' },
    ]);
  });

  it('makes one empty batch of a file without lines', async () => {
    for (const parts of [[], ['\uFEFF'], ['\n \r\n']]) {
      const batches: NumberedLine[][] = [];
      for await (const batch of lineBatches(chunks(...parts), 2)) batches.push(batch);
      expect(batches).toEqual([[]]);
    }
  });

  it('keeps characters whole that are cut by chunks', async () => {
    const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
    expect(await linesOf('x', first, second, '\n')).toEqual([{ line: 1, text: 'xé' }]);
  });

  it('ends a batch of long lines early', async () => {
    const line = `${'x'.repeat(60_000)}\n`;
    const sizes: number[] = [];
    for await (const batch of lineBatches(chunks(...Array.from({ length: 40 }, () => line)), 1000))
      sizes.push(batch.length);
    expect(sizes).toEqual([18, 18, 4]);
  });

  it('names lines that are no text, and reads on behind them', async () => {
    const long = 'x'.repeat(50_000);
    expect(await linesOf(Buffer.from([0xff]), '\n', long, long, long, '\nok')).toEqual([
      { line: 1, fault: 'is not UTF-8' },
      { line: 2, fault: 'is too long' },
      { line: 3, text: 'ok' },
    ]);
  });
});
