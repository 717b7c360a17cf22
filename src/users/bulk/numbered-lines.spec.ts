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

  it('keeps characters whole that are cut by chunks', async () => {
    const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
    expect(await linesOf('x', first, second, '\n')).toEqual([{ line: 1, text: 'xé' }]);
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
