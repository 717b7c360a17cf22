import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';

import { statementName } from './statement-name.js';

export interface Statement {
  /** A constant that names its columns, so that it can be prepared, see `runPrepared`. */
  readonly text: string;
  readonly values: readonly unknown[];
  /** Queries of its own that it reads, as in `WITH`: `new AS (…), stored AS (…)`. They may write. */
  readonly with?: string;
}

/** Runs a statement: by itself, or in a transaction. */
export type RunStatement = <Row extends QueryResultRow>(
  statement: Statement,
) => Promise<QueryResult<Row>>;

/** A statement as node-postgres takes it; with a name, each connection parses and plans it once. */
export function queryOf({ text, values }: Statement, prepares: boolean): QueryConfig {
  return { ...(prepares && { name: statementName(text) }), text, values: [...values] };
}

/**
 * Combines writes into one statement: they commit together without a round trip each, or those of
 * BEGIN and COMMIT. None sees the rows of another, but constraints between their rows hold at the
 * end. The result is that of the last one, which may begin with its own WITH, with other names than
 * those used here.
 */
export function combineWrites(writes: readonly Statement[]): Statement {
  const values: unknown[] = [];
  const parts: string[] = [];
  const texts = writes.map((write) => {
    const offset = values.length;
    values.push(...write.values);
    const placed = (text: string) =>
      text.replace(/\$(\d+)/g, (_, place) => `$${offset + Number(place)}`);
    if (write.with !== undefined) parts.push(placed(write.with));
    return placed(write.text);
  });
  const last = texts.pop() ?? '';
  parts.push(...texts.map((text, index) => `write_${index} AS (${text})`));
  if (parts.length === 0) return { text: last, values };
  const [, own] = /^\s*WITH\s+([^]*)$/i.exec(last) ?? [];
  return { text: `WITH ${parts.join(', ')}${own === undefined ? ` ${last}` : `, ${own}`}`, values };
}
