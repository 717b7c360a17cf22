import { combineWrites, type RunStatement, type Statement } from '../statements/statement.js';

/** A kind of rows, and how rows of it are stored. */
export interface WriteKind<Row> {
  /** One of a kind: commits of the same kinds in one moment share a statement. */
  readonly name: string;
  /** Its statement has a WITH of its own that changes data, or what it returns is needed: it can only be the last one. */
  readonly last?: true;
  /** Commits with it share no statement: it would have another text for each number of rows. */
  readonly alone?: true;
  /**
   * Stores rows, all or none, by one statement.
   * @param run is given the statement, and may add others to it.
   * @param lockTimeoutMs longest wait for a lock of another transaction, in milliseconds; as long as the server
   * lets anybody wait unless given. Kinds that wait for nobody ignore it.
   */
  store(run: RunStatement, rows: readonly Row[], lockTimeoutMs?: number): Promise<unknown>;
}

/** A row that is to be stored: made where its request is at hand, stored by `Database.commit`. */
export interface Write<Row = unknown> {
  readonly kind: WriteKind<never>;
  readonly row: Row;
}

export function writeOf<Row>(kind: WriteKind<Row>, row: Row): Write<Row> {
  return { kind, row };
}

/** A statement as it is, for what one request writes in a way of its own. */
export function writeBy(statement: Statement): Write {
  return writeOf({ name: 'statement', alone: true, store: (run) => run(statement) }, undefined);
}

/**
 * Stores rows of any kinds by one statement, in the order in which the kinds come first.
 * @param run runs it: by itself, or in a transaction. @throws what one of the kinds makes of the error.
 */
export async function storeWrites(
  run: RunStatement,
  writes: readonly Write[],
  lockTimeoutMs?: number,
): Promise<void> {
  const kinds = [...new Set(writes.map(({ kind }) => kind))];
  const ordered = [...kinds.filter(({ last }) => !last), ...kinds.filter(({ last }) => last)];
  await storeKinds(ordered, []);

  /** Each kind hands its statement over; the last one's is run together with those before. */
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

/** What a statement gives that others follow: nobody sees its rows. */
const NO_ROWS = { command: '', rowCount: null, oid: 0, fields: [], rows: [] };
