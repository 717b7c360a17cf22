import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

import { bulkColumns, type BulkColumn } from './bulk-user.js';

/** One line of a file, numbered from 1, without its end; or why it is not even text. */
export type NumberedLine = { readonly line: number } & (
  { readonly text: string } | { readonly fault: string }
);

export const bulkFormats = ['csv', 'jsonl'] as const;
export type BulkFormat = (typeof bulkFormats)[number];

/** A line as a record, or what keeps it from being one. */
export type Decoded = { readonly line: number } & (
  { readonly record: Record<string, unknown> } | { readonly fault: string }
);

/** The file as a whole is not what it should be; no line of it was read. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** A batch of lines of a file. */
export interface Batch {
  readonly format: BulkFormat;
  readonly lines: readonly NumberedLine[];
  /** The columns that the first line named; unknown in the batch that begins with it. */
  readonly columns?: readonly string[] | undefined;
}

/**
 * Decodes a batch; each line stands alone, so that a broken one spoils no other.
 * @throws UnreadableFile for a first line that is no header where one is needed.
 */
export function decode({ format, lines, columns }: Batch): {
  columns: readonly string[];
  records: Decoded[];
} {
  if (format === 'jsonl') return { columns: [], records: lines.map(json) };
  const names = columns ?? header(lines[0]);
  return { columns: names, records: decodeCsv(lines, names) };
}

/** CSV (RFC 4180) with a header. No valid field holds a line break, so no record spans lines. */
function decodeCsv(lines: readonly NumberedLine[], columns: readonly string[]): Decoded[] {
  const records = lines[0]?.line === 1 ? lines.slice(1) : lines;
  const parsedRows = rows(records.flatMap((line) => ('text' in line ? [line.text] : []))).values();
  return records.map((line): Decoded => {
    if ('fault' in line) return line;
    const row = parsedRows.next().value;
    if (row === undefined) return { line: line.line, fault: 'is not CSV' };
    if (row.length !== columns.length)
      return { line: line.line, fault: `must have ${columns.length} fields` };
    const fields = columns.map((name, index) => [name, row[index]] as const);
    return { line: line.line, record: Object.fromEntries(fields) };
  });
}

/** Parsed together, which is many times faster, and one by one only where a line is broken. */
function rows(lines: readonly string[]): (string[] | undefined)[] {
  const together = parsed(lines.join('\n'));
  if (together?.length === lines.length) return together;
  return lines.map((line) => parsed(line)?.[0]);
}

function parsed(text: string): string[][] | undefined {
  try {
    // Left to itself the parser takes the first line end it meets for that of all lines, a lone CR too.
    return parse(text, { record_delimiter: '\n', relax_column_count: true });
  } catch {
    return undefined;
  }
}

/** Columns that no file can do without. */
const REQUIRED = ['email', 'name'];

function header(first: NumberedLine | undefined): string[] {
  if (first === undefined)
    throw new UnreadableFile(
      `the file is empty; its first line must name the columns, ${REQUIRED.join(' and ')} among them`,
    );
  const line = first.line === 1 && 'text' in first ? first.text : '';
  const columns = (parsed(line)?.[0] ?? []).map((name) => name.trim().toLowerCase());
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

function json(given: NumberedLine): Decoded {
  if ('fault' in given) return given;
  const { line, text } = given;
  try {
    const record: unknown = JSON.parse(text);
    if (typeof record === 'object' && record !== null && !Array.isArray(record))
      return { line, record: record as Record<string, unknown> };
  } catch {
    // Said below: the parser's message would repeat the line.
  }
  return { line, fault: 'is not a JSON object' };
}

/** Writes records of the given columns; CSV begins with a header of its own. */
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
