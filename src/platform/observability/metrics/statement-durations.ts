import { Durations, type DurationSeries } from './durations.js';

/** Seconds: those of OpenTelemetry's `db.client.operation.duration`. */
const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** The first word, or that of the first part of a WITH, of those that write where one does. */
const OPERATION =
  /^\s*(?:WITH\b[^]*?\bAS\s*\(\s*(?=(?:INSERT|UPDATE|DELETE)\b)|WITH\b[^]*?\bAS\s*\(\s*)?([A-Z]+)/i;

/** Operations with a series of their own, by how statements begin. Transactions have several ways. */
const KNOWN: Readonly<Record<string, string>> = {
  SELECT: 'SELECT',
  INSERT: 'INSERT',
  UPDATE: 'UPDATE',
  DELETE: 'DELETE',
  BEGIN: 'BEGIN',
  START: 'BEGIN',
  COMMIT: 'COMMIT',
  ROLLBACK: 'ROLLBACK',
};
const OTHER = 'other';

/** The operation of a statement in capitals; undefined if it does not begin with a word. */
export function operationOf(text: string): string | undefined {
  return OPERATION.exec(text)?.[1]?.toUpperCase();
}

/** `db_statement_duration_seconds`, by a closed set of operations, all of them from zero. */
export class StatementDurations extends Durations<{ readonly operation: string }> {
  private readonly other = this.series({ operation: OTHER });
  private readonly byOperation = new Map(
    [...new Set(Object.values(KNOWN))].map((operation) => [operation, this.series({ operation })]),
  );
  private readonly byWord = new Map(
    Object.entries(KNOWN).map(([word, operation]) => [word, this.byOperation.get(operation)]),
  );

  constructor() {
    super({
      scope: 'database',
      bounds: BUCKETS,
      histogram: {
        name: 'db_statement_duration_seconds',
        description: 'Seconds from sending a statement to the end of its answer.',
        unit: 's',
      },
    });
  }

  /** @param operation see `operationOf`. */
  of(operation = ''): DurationSeries<{ readonly operation: string }> {
    return this.byWord.get(operation) ?? this.other;
  }
}
