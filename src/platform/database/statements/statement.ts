import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';

import { statementName } from './statement-name.js';

/** A statement with its values, `$1` on. */
export interface Statement {
  /** A constant that names its columns, so that it can be prepared, see `runPrepared`. */
  readonly text: string;
  readonly values: readonly unknown[];
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
 * Writes as one statement: they are committed together without a round trip each, nor those of BEGIN and COMMIT.
 * None sees the rows of another, but constraints between their rows hold at the end. What the last one returns is
 * what the whole returns; it may begin with a WITH of its own, whose names are not those given here.
 */
export function combineWrites(writes: readonly Statement[]): Statement {
  const values: unknown[] = [];
  const texts = writes.map((write) => {
    const offset = values.length;
    values.push(...write.values);
    return write.text.replace(/\$(\d+)/g, (_, place) => `$${offset + Number(place)}`);
  });
  const last = texts.pop() ?? '';
  const parts = texts.map((text, index) => `write_${index} AS (${text})`);
  if (parts.length === 0) return { text: last, values };
  const [, own] = /^\s*WITH\s+([^]*)$/i.exec(last) ?? [];
  return { text: `WITH ${parts.join(', ')}${own === undefined ? ` ${last}` : `, ${own}`}`, values };
}
