import { Inject, Injectable } from '@nestjs/common';

import { Database } from '../database/database.js';
import { SECRET_COLUMNS, type SecretColumn } from '../declarations/secret-column.js';
import { DataCipher } from './data-cipher.js';

/** Rows per statement: few, since a statement that waits for one row holds the others. */
const BATCH = 100;
/** Before all ids. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Where a secret is. */
export interface SecretRow extends SecretColumn {
  readonly id: string;
}

/** How many secrets each key opens, in the order of `DATA_KEY`. */
export interface KeyUsage {
  readonly secrets: readonly number[];
  readonly unreadable: readonly SecretRow[];
}

export interface RotationResult {
  readonly rotated: number;
  readonly unreadable: readonly SecretRow[];
}

interface StoredSecret {
  readonly id: string;
  readonly secret: Buffer;
}

/** The secrets of all declared columns, and the keys they are encrypted with. */
@Injectable()
export class StoredSecrets {
  constructor(
    private readonly database: Database,
    private readonly cipher: DataCipher,
    @Inject(SECRET_COLUMNS) private readonly columns: readonly SecretColumn[],
  ) {}

  /** Opens every secret. @throws DependencyUnavailable */
  async usage(): Promise<KeyUsage> {
    const secrets = Array.from({ length: this.cipher.size }, () => 0);
    const unreadable: SecretRow[] = [];
    for (const column of this.columns)
      for await (const batch of this.batches(column))
        for (const { id, secret } of batch) {
          const opened = this.cipher.open(column, id, secret);
          if (opened === undefined) unreadable.push({ ...column, id });
          else secrets[opened.position] = (secrets[opened.position] ?? 0) + 1;
        }
    return { secrets, unreadable };
  }

  /**
   * Encrypts with the first key what another one encrypted, while others read and write. Each batch is committed by
   * itself: an interrupted rotation continues where it stopped. @throws DependencyUnavailable
   */
  async rotate(): Promise<RotationResult> {
    let rotated = 0;
    const unreadable: SecretRow[] = [];
    for (const column of this.columns) {
      let pass;
      // Rows that somebody changed meanwhile are looked at again.
      do {
        pass = await this.rotateColumn(column);
        rotated += pass.rotated;
      } while (pass.missed > 0);
      unreadable.push(...pass.unreadable);
    }
    return { rotated, unreadable };
  }

  private async rotateColumn(column: SecretColumn) {
    const pass = { rotated: 0, missed: 0, unreadable: [] as SecretRow[] };
    for await (const batch of this.batches(column)) {
      const stale: (StoredSecret & { readonly renewed: Buffer })[] = [];
      for (const { id, secret } of batch) {
        const opened = this.cipher.open(column, id, secret);
        if (opened === undefined) pass.unreadable.push({ ...column, id });
        else if (opened.position > 0)
          stale.push({ id, secret, renewed: this.cipher.encrypt(column, id, opened.plaintext) });
      }
      const replaced = stale.length === 0 ? 0 : await this.replace(column, stale);
      pass.rotated += replaced;
      pass.missed += stale.length - replaced;
    }
    return pass;
  }

  /** Replaces ciphertexts that are still the same. @returns how many. */
  private async replace(
    { table, column }: SecretColumn,
    stale: readonly (StoredSecret & { readonly renewed: Buffer })[],
  ): Promise<number> {
    const { rowCount } = await this.database.write({
      text: `UPDATE ${table} AS stored SET ${column} = stale.renewed
               FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS stale (id, secret, renewed)
              WHERE stored.id = stale.id AND stored.${column} = stale.secret`,
      values: [
        stale.map(({ id }) => id),
        stale.map(({ secret }) => secret),
        stale.map(({ renewed }) => renewed),
      ],
    });
    return rowCount ?? 0;
  }

  /** All secrets of a column, in the order of their ids. */
  private async *batches({ table, column }: SecretColumn): AsyncGenerator<StoredSecret[]> {
    let last: string | undefined = FIRST_ID;
    while (last !== undefined) {
      const batch: StoredSecret[] = await this.database.readPrepared<StoredSecret>(
        `SELECT id, ${column} AS secret FROM ${table}
          WHERE id > $1 AND ${column} IS NOT NULL ORDER BY id LIMIT ${BATCH}`,
        [last],
      );
      yield batch;
      last = batch.length < BATCH ? undefined : batch.at(-1)?.id;
    }
  }
}
