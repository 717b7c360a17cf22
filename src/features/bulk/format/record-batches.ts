import { decodeUtf8, NotUtf8 } from '../../../platform/common/utf8.js';
import type { BulkFormat, NumberedRecord } from './bulk-format.js';
import { CsvFraming, LineFraming } from './record-framing.js';

/** Bytes. Longer than any valid record, and short enough to hold. */
const MAX_RECORD = 64 * 1024;

/** Maximum bytes of a batch, since it is copied as a whole. */
const MAX_BATCH = 1024 * 1024;

const CUT_OFF = 'has a quoted field that does not end as it should; the file was read no further';

/**
 * Splits a stream into batches of records in constant memory: it discards a record that is too long
 * while reading. Records are numbered from 1; the header of CSV is number 0. Empty lines are not
 * records. A file without records gives one empty batch.
 */
export async function* recordBatches(
  input: AsyncIterable<Buffer>,
  format: BulkFormat,
  size: number,
): AsyncGenerator<NumberedRecord[]> {
  const framing = format === 'csv' ? new CsvFraming() : new LineFraming();
  const record = new RecordBytes();
  let batch: NumberedRecord[] = [];
  let number = format === 'csv' ? 0 : 1;
  let length = 0;
  let yielded = false;
  const finish = (faulty = false) => {
    const content = record.take();
    if (faulty) batch.push({ number, fault: CUT_OFF });
    else if (content.text?.trim() === '') return;
    else batch.push({ number, ...content });
    number += 1;
    length += content.text?.length ?? 0;
  };
  for await (const chunk of input) {
    let from = 0;
    for (let end; (end = framing.end(chunk, from)) >= 0; from = end + 1) {
      record.add(chunk.subarray(from, end));
      finish();
      if (batch.length < size && length < MAX_BATCH) continue;
      yield batch;
      yielded = true;
      batch = [];
      length = 0;
    }
    record.add(chunk.subarray(from));
    if (framing.lost) break;
  }
  if (framing.lost || !record.isEmpty) finish(framing.lost || framing.unfinished);
  if (batch.length > 0 || !yielded) yield batch;
}

/** The bytes of the current record, while it is short enough. */
class RecordBytes {
  private parts: Buffer[] = [];
  private length = 0;

  get isEmpty(): boolean {
    return this.length === 0;
  }

  add(part: Buffer): void {
    this.length += part.length;
    if (this.length <= MAX_RECORD) this.parts.push(part);
    else this.parts = [];
  }

  take(): { text: string; fault?: never } | { fault: string; text?: never } {
    const { parts, length } = this;
    this.parts = [];
    this.length = 0;
    if (length > MAX_RECORD) return { fault: 'is too long' };
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    try {
      return { text: decodeUtf8(bytes).replace(/\r$/, '') };
    } catch (error) {
      if (error instanceof NotUtf8) return { fault: error.message };
      throw error;
    }
  }
}
