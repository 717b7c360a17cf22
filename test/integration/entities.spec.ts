import { globSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';
import { DataSource } from 'typeorm';

import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const ROOT = join(import.meta.dirname, '../..');

/** All columns, as `<table>.<column> <type>`; TypeORM keeps `migrations` itself. */
const COLUMNS = `
  SELECT format('%I.%I.%I %s', nspname, relname, attname, format_type(atttypid, NULL))
         || CASE WHEN attnotnull THEN ' not null' ELSE '' END
         || CASE WHEN attnum = ANY (indkey) THEN ' primary key' ELSE '' END AS line
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_index ON indrelid = pg_class.oid AND indisprimary
   WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition
     AND relname <> 'migrations'`;

describeOnPostgres('entities', () => {
  let database: TestDatabase;
  let entities: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    const modules = globSync('src/**/*.entity.ts', { cwd: ROOT }).map(
      (file) => import(join(ROOT, file)) as Promise<Record<string, () => unknown>>,
    );
    entities = await new DataSource({
      type: 'postgres',
      driver: pg,
      url: database.url,
      installExtensions: false,
      entities: (await Promise.all(modules)).flatMap((module) => Object.values(module)),
    }).initialize();
  });

  afterAll(async () => {
    await entities?.destroy();
    await database?.drop();
  });

  function declaredColumns(): string[] {
    return entities.entityMetadatas.flatMap(({ tablePath, columns }) =>
      columns.map((column) =>
        [
          `${tablePath}.${column.databaseName} ${entities.driver.normalizeType(column)}${column.isArray ? '[]' : ''}`,
          ...(column.isNullable ? [] : ['not null']),
          ...(column.isPrimary ? ['primary key'] : []),
        ].join(' '),
      ),
    );
  }

  /** Lines that only one side has: `-` the entities, `+` the migrated database. */
  async function differences(): Promise<string[]> {
    const declared = declaredColumns();
    const rows = await database.query<{ line: string }>(COLUMNS);
    const migrated = rows.map(({ line }) => line);
    return [
      ...declared.filter((line) => !migrated.includes(line)).map((line) => `- ${line}`),
      ...migrated.filter((line) => !declared.includes(line)).map((line) => `+ ${line}`),
    ];
  }

  it('have every table and column of the migrated database, and no others', async () => {
    expect(await differences()).toEqual([]);
  });

  it.each([
    [
      'a table',
      'CREATE TABLE undeclared (id uuid PRIMARY KEY)',
      'DROP TABLE undeclared',
      ['+ public.undeclared.id uuid not null primary key'],
    ],
    [
      'a column',
      'ALTER TABLE sessions ADD place text',
      'ALTER TABLE sessions DROP place',
      ['+ public.sessions.place text'],
    ],
    [
      'nullability',
      'ALTER TABLE users ALTER name DROP NOT NULL',
      'ALTER TABLE users ALTER name SET NOT NULL',
      ['- public.users.name text not null', '+ public.users.name text'],
    ],
    [
      'a type',
      'ALTER TABLE tier_changes ALTER asks TYPE bigint',
      'ALTER TABLE tier_changes ALTER asks TYPE integer',
      ['- public.tier_changes.asks integer not null', '+ public.tier_changes.asks bigint not null'],
    ],
  ])('are seen to differ in %s', async (_what, change, back, expected) => {
    await database.query(change);
    try {
      expect(await differences()).toEqual(expected);
    } finally {
      await database.query(back);
    }
  });
});
