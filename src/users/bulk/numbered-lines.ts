import type { NumberedLine } from '../../workers/tasks/bulk/bulk-format.js';

/** Longer than any valid record, and short enough to hold. */
const MAX_LINE = 64 * 1024;

/** Characters after which a batch is full, however few its lines are: it is copied as a whole. */
const MAX_BATCH = 1024 * 1024;

/**
 * Cuts a stream into lines, in batches, in constant memory: what exceeds the longest line is
 * thrown away while it is read. Empty lines are left out but counted; of a file that has no others
 * there is one empty batch.
 */
export async function* lineBatches(
  input: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<NumberedLine[]> {
  // The byte order mark goes; bytes that are no UTF-8 become U+FFFD.
  const decoder = new TextDecoder('utf-8');
  let batch: NumberedLine[] = [];
  let line = 1;
  let rest = '';
  let tooLong = false;
  let length = 0;
  let yielded = false;
  const finish = (ended: string) => {
    const text = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
    if (tooLong || text.length > MAX_LINE) batch.push({ line, fault: 'is too long' });
    else if (text.includes('\u{FFFD}')) batch.push({ line, fault: 'is not UTF-8' });
    else if (text.trim() !== '') {
      batch.push({ line, text });
      length += text.length;
    }
    line += 1;
    tooLong = false;
  };
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const ended of lines) {
      finish(ended);
      if (batch.length < size && length < MAX_BATCH) continue;
      yield batch;
      yielded = true;
      batch = [];
      length = 0;
    }
    if (rest.length > MAX_LINE) {
      tooLong = true;
      rest = '';
    }
  }
  rest += decoder.decode();
  if (rest !== '' || tooLong) finish(rest);
  if (batch.length > 0 || !yielded) yield batch;
}
