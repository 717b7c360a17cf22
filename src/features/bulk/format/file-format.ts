import { extname } from 'node:path';

import { type BulkFormat, bulkFormats } from './bulk-format.js';
import { word } from '../../../platform/cli/admin-command.js';
import { UsageError } from '../../../platform/cli/command.errors.js';

const byExtension: Readonly<Record<string, BulkFormat>> = {
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

/** The format of a file by `--format`, else by its extension. @throws UsageError */
export function formatOf(file: string, given: BulkFormat | undefined): BulkFormat {
  const format = given ?? byExtension[extname(file).toLowerCase()];
  if (format === undefined) throw new UsageError(`--format is needed: ${bulkFormats.join(' or ')}`);
  return format;
}

/** Parses `--format`. @throws UsageError */
export function parseFormat(value: string): BulkFormat {
  return word('--format', bulkFormats, value);
}
