import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

import { bulkColumns, type BulkColumn } from './bulk-user.js';

/** One record of a file, numbered from 1, without its end; or why it is not even text. */
export type NumberedRecord = { readonly number: number } & (
  { readonly text: string } | { readonly fault: string }
);

export const bulkFormats = ['csv', 'jsonl'] as const;
export type BulkFormat = (typeof bulkFormats)[number];

/** A record by its columns, or what keeps it from having any. */
export type Decoded = { readonly number: number } & (
  { readonly fields: Record<string, unknown> } | { readonly fault: string }
);

/** The file as a whole is invalid; no record was read. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** A batch of records of a file. */
export interface Batch {
  readonly format: BulkFormat;
  readonly records: readonly NumberedRecord[];
  /** The columns of the header; unknown in the first batch. */
  readonly columns?: readonly string[] | undefined;
}

/**
 * Decodes a batch; each record is independent, so a broken one does not affect others.
 * @throws UnreadableFile for a first record that is no header where one is needed.
 */
export function decode({ format, records, columns }: Batch): {
  columns: readonly string[];
  records: Decoded[];
} {
  if (format === 'jsonl') return { columns: [], records: records.map(json) };
  if (columns !== undefined) return { columns, records: decodeCsv(records, columns) };
  const [first, ...rest] = records;
  const names = header(first);
  return { columns: names, records: decodeCsv(rest, names) };
}

/** Records of CSV (RFC 4180), exactly one each, with any line breaks inside. */
function decodeCsv(records: readonly NumberedRecord[], columns: readonly string[]): Decoded[] {
  const texts = records.flatMap((record) => ('text' in record ? [record.text] : []));
  const parsedRows = rows(texts).values();
  return records.map((record): Decoded => {
    const { number } = record;
    if ('fault' in record) return record;
    const row = parsedRows.next().value;
    if (row === undefined) return { number, fault: 'is not CSV' };
    if (row.length !== columns.length)
      return { number, fault: `must have ${columns.length} fields` };
    const fields = columns.map((name, index) => [name, row[index]] as const);
    return { number, fields: Object.fromEntries(fields) };
  });
}

/** Parsed together, which is many times faster, and one by one only where a record is broken. */
function rows(texts: readonly string[]): (string[] | undefined)[] {
  const together = parsed(texts.join('\n'));
  return together?.length === texts.length ? together : texts.map(only);
}

/** The row of a text that is one record, and no more. */
function only(text: string): string[] | undefined {
  const found = parsed(text);
  return found?.length === 1 ? found[0] : undefined;
}

function parsed(text: string): string[][] | undefined {
  try {
    // By default the parser uses the first line end, even a lone CR, for all records.
    return parse(text, { record_delimiter: '\n', relax_column_count: true });
  } catch {
    return undefined;
  }
}

const REQUIRED = ['email', 'name'];

function header(first: NumberedRecord | undefined): string[] {
  if (first === undefined)
    throw new UnreadableFile(
      `the file is empty; its first line must name the columns, ${REQUIRED.join(' and ')} among them`,
    );
  const columns = (only('text' in first ? first.text : '') ?? []).map((name) =>
    name.trim().toLowerCase(),
  );
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new UnreadableFile(
      `the first line must name the columns, and lacks ${missing.join(' and ')}`,
    );
  if (new Set(columns).size < columns.length)
    throw new UnreadableFile('the first line names a column twice');
  if (columns.some((name) => !(bulkColumns as readonly string[]).includes(name)))
    throw new UnreadableFile(`the columns can be ${bulkColumns.join(', ')}`);
  return columns;
}

function json(given: NumberedRecord): Decoded {
  if ('fault' in given) return given;
  const { number, text } = given;
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return { number, fields: fields as Record<string, unknown> };
  } catch {
    // Said below: the parser's message would repeat the record.
  }
  return { number, fault: 'is not a JSON object' };
}

/** Writes records of the given columns; CSV begins with a header. */
export function encode(
  format: BulkFormat,
  columns: readonly BulkColumn[],
  records: readonly Record<BulkColumn, unknown>[],
): string {
  const picked = records.map((record) => columns.map((name) => record[name]));
  if (format === 'csv') return stringify(picked, { cast: { boolean: String } });
  const object = (row: unknown[]) =>
    Object.fromEntries(columns.map((name, index) => [name, row[index]]));
  return picked.map((row) => `${JSON.stringify(object(row))}\n`).join('');
}
