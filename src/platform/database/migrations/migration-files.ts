import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { MigrationInterface, QueryRunner } from 'typeorm';

const FILE = /^(?<timestamp>\d{13})-(?<title>[a-z0-9-]+)\.up\.sql$/;

/** Names of the migrations in a folder, oldest first, as their files have them: `<timestamp>-<title>`. */
export function migrationNames(folder: string): string[] {
  return upFiles(folder).map((file) => file.replace('.up.sql', ''));
}

function upFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => FILE.test(file))
    .toSorted();
}

/** The file name of a migration, from the name that TypeORM records. */
export function fileNameOf(recorded: string): string {
  return recorded.replace(/^(.*)(\d{13})$/, '$2-$1');
}

/**
 * The SQL files of a folder, `<timestamp>-<title>.up.sql` and `.down.sql`, as TypeORM migrations. A
 * first line `-- no transaction` runs one outside a transaction, for CREATE INDEX CONCURRENTLY:
 * statement by statement, with an empty line between them. After an interruption it runs again from
 * its beginning.
 */
export function migrationsIn(folder: string): (new () => MigrationInterface)[] {
  return upFiles(folder).map((file) => {
    const up = readFileSync(join(folder, file), 'utf8');
    const down = readFileSync(join(folder, file.replace('.up.', '.down.')), 'utf8');
    const alone = up.startsWith('-- no transaction');
    return class implements MigrationInterface {
      readonly name = nameOf(file);
      // TypeORM wraps each in a transaction unless this is false.
      readonly transaction = alone ? false : undefined;

      async up(runner: QueryRunner): Promise<void> {
        // Sent together, statements would share a transaction.
        for (const statement of alone ? up.split(/\n\s*\n/) : [up]) await runner.query(statement);
      }

      async down(runner: QueryRunner): Promise<void> {
        await runner.query(down);
      }
    };
  });
}

/** TypeORM wants the timestamp at the end: `create-users1763800000000`. */
function nameOf(file: string): string {
  const { timestamp = '', title = '' } = FILE.exec(file)?.groups ?? {};
  return title + timestamp;
}
