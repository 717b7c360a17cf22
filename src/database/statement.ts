import type { QueryConfig } from 'pg';

import { statementName } from './statement-name.js';

/** A statement with its values, `$1` on. */
export interface Statement {
  /** A constant that names its columns, so that it can be prepared, see `runPrepared`. */
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A statement as node-postgres takes it; with a name, each connection parses and plans it once. */
export function queryOf({ text, values }: Statement, prepares: boolean): QueryConfig {
  return { ...(prepares && { name: statementName(text) }), text, values: [...values] };
}

/**
 * Writes that need nothing of each other, as one statement: they are committed together without a
 * round trip each, nor those of BEGIN and COMMIT. Constraints between their rows hold at its end.
 */
export function together(writes: readonly Statement[]): Statement {
  const values: unknown[] = [];
  const parts = writes.map((write, index) => {
    const offset = values.length;
    values.push(...write.values);
    const text = write.text.replace(/\$(\d+)/g, (_, place) => `$${offset + Number(place)}`);
    return `write_${index} AS (${text})`;
  });
  return { text: `WITH ${parts.join(', ')} SELECT`, values };
}
