import { combineWrites, type RunStatement, type Statement } from '../statements/statement.js';

/** A kind of rows, and how rows of it are stored. */
export interface WriteKind<Row> {
  /** Unique name: concurrent commits of the same kinds share a statement. */
  readonly name: string;
  /**
   * Its statement has its own data-modifying WITH, or its result is needed: it must be the last
   * one.
   */
  readonly last?: true;
  /** Commits with it are not shared: the statement would differ for each number of rows. */
  readonly alone?: true;
  /** Whether its rows are to be stored at all; always by default. Asked when they are committed. */
  isWanted?(): boolean;
  /**
   * Stores rows, all or none, by one statement.
   * @param run is given the statement, and may add others to it.
   * @param lockTimeoutMs longest wait for a lock of another transaction, in milliseconds; the
   * server's limit by default. Kinds without lock waits ignore it.
   */
  store(run: RunStatement, rows: readonly Row[], lockTimeoutMs?: number): Promise<unknown>;
}

/** A row to store: created in the context of its request, stored by `Database.commit`. */
export interface Write<Row = unknown> {
  readonly kind: WriteKind<never>;
  readonly row: Row;
}

export function writeOf<Row>(kind: WriteKind<Row>, row: Row): Write<Row> {
  return { kind, row };
}

/** The values of rows by column, as `unnest` takes them. */
export function columnsOf<Row>(rows: readonly Row[], names: readonly (keyof Row)[]): unknown[][] {
  return names.map((name) => rows.map((row) => row[name]));
}

/** A plain statement, for a write of a single request. */
export function writeBy(statement: Statement): Write {
  return writeOf({ name: 'statement', alone: true, store: (run) => run(statement) }, undefined);
}

/**
 * Stores rows of any kinds by one statement, in the order in which the kinds come first.
 * @param run runs it: by itself, or in a transaction. @throws the translated error of one of the
 * kinds.
 */
export async function storeWrites(
  run: RunStatement,
  writes: readonly Write[],
  lockTimeoutMs?: number,
): Promise<void> {
  const kinds = [...new Set(writes.map(({ kind }) => kind))];
  const ordered = [...kinds.filter(({ last }) => !last), ...kinds.filter(({ last }) => last)];
  await storeKinds(ordered, []);

  /** Each kind passes its statement; the last one runs together with those before. */
  async function storeKinds(
    [kind, ...others]: readonly WriteKind<never>[],
    before: readonly Statement[],
  ): Promise<void> {
    if (kind === undefined) return;
    const rows = writes.flatMap((write) => (write.kind === kind ? [write.row as never] : []));
    await kind.store(
      async (statement) => {
        const statements = [...before, statement];
        if (others.length === 0) return run(combineWrites(statements));
        await storeKinds(others, statements);
        return NO_ROWS;
      },
      rows,
      lockTimeoutMs,
    );
  }
}

/** The result of a statement before the last one, whose rows are not visible. */
const NO_ROWS = { command: '', rowCount: null, oid: 0, fields: [], rows: [] };
