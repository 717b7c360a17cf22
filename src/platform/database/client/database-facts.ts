import type { Execute } from '../../declarations/schema-step.js';

/** Required properties of a database beside its tables. */
export interface DatabaseFacts {
  /** Server encoding; the code requires `UTF8`. */
  readonly encoding: string;
  /** A standby, or a read-only primary. */
  readonly readOnly: boolean;
  /** This process's clock minus the database's, in milliseconds; exact to half of the round trip. */
  readonly clockOffsetMs: number;
}

/** Encoding of a database that can hold every name and address. */
export const ENCODING = 'UTF8';

/** Asks for all of them in one round trip. */
export async function databaseFacts(execute: Execute): Promise<DatabaseFacts> {
  const [asked, began] = [Date.now(), performance.now()];
  const [row] = (await execute(
    `SELECT current_setting('server_encoding') AS encoding,
            current_setting('transaction_read_only') AS read_only,
            (extract(epoch FROM clock_timestamp()) * 1000)::bigint::text AS now`,
  )) as { encoding: string; read_only: string; now: string }[];
  if (row === undefined) throw new Error('the database said nothing of itself');
  const middle = asked + (performance.now() - began) / 2;
  return {
    encoding: row.encoding,
    readOnly: row.read_only === 'on',
    clockOffsetMs: middle - Number(row.now),
  };
}
