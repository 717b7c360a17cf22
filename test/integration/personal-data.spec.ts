import { Client } from 'pg';

import { personalData } from '../../src/bootstrap/declarations.module.js';
import {
  type ExportPart,
  exportParts,
  type PersonalData,
} from '../../src/platform/declarations/personal-data.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Columns that by their name hold a user, or what identifies one. */
const SUBJECT_COLUMN =
  '(^|_)((user|target|actor|owner|author|member|account|subject|recipient)(_id)?|by|email|ip)$';

/** Tables with such a column, and those whose foreign keys lead to users, over other tables too. */
const TABLES_WITH_USERS = `
  WITH RECURSIVE hanging AS (
    SELECT 'public.users'::regclass AS id
     UNION SELECT conrelid FROM pg_constraint JOIN hanging ON confrelid = hanging.id
            WHERE contype = 'f')
  SELECT format('%s.%s', relnamespace::regnamespace, relname) AS name
    FROM pg_class
   WHERE relkind IN ('r', 'p') AND NOT relispartition
     AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
     AND (oid IN (SELECT id FROM hanging)
          OR EXISTS (SELECT FROM information_schema.columns
                      WHERE table_schema = relnamespace::regnamespace::text
                        AND table_name = relname AND column_name ~ '${SUBJECT_COLUMN}'))
   ORDER BY 1`;

/** Tables that lose their rows with the users these hang on. */
const CASCADING = `
  WITH RECURSIVE hanging AS (
    SELECT 'public.users'::regclass AS id
     UNION SELECT conrelid FROM pg_constraint JOIN hanging ON confrelid = hanging.id
            WHERE contype = 'f' AND confdeltype = 'c')
  SELECT format('%s.%s', relnamespace::regnamespace, relname) AS name
    FROM pg_class JOIN hanging ON pg_class.oid = hanging.id`;

describeOnPostgres('personal data', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  async function names(sql: string): Promise<string[]> {
    return (await database.query<{ name: string }>(sql)).map(({ name }) => name);
  }

  async function undeclared(declared: readonly PersonalData[]): Promise<string[]> {
    const tables = new Set(declared.map(({ table }) => table));
    return (await names(TABLES_WITH_USERS)).filter((name) => !tables.has(name));
  }

  it('is declared for every table with a user', async () => {
    expect(await undeclared(personalData)).toEqual([]);
  });

  it.each(personalData.map(({ table }) => table).filter((table) => /users|sessions/.test(table)))(
    'is missed when %s is not declared',
    async (table) => {
      const others = personalData.filter((declared) => declared.table !== table);
      expect(await undeclared(others)).toEqual([table]);
    },
  );

  it.each([
    ['a column for the user', 'user_id uuid'],
    ['a column for who did something', 'actor_id uuid'],
    ['a column for whom it was done to', 'target_id text'],
    ['a column for the user who made it', 'made_by uuid'],
    ['an e-mail address', 'email text'],
    ['a network address', 'ip inet'],
    ['a foreign key', 'customer uuid REFERENCES users (id)'],
    ['a foreign key to what has a user', 'session uuid REFERENCES sessions (id)'],
  ])('is reported as missing for a new table with %s', async (_what, column) => {
    await database.query(`CREATE TABLE undeclared (id uuid PRIMARY KEY, ${column})`);
    try {
      expect(await undeclared(personalData)).toEqual(['public.undeclared']);
    } finally {
      await database.query('DROP TABLE undeclared');
    }
  });

  it('is erased by a foreign key where the declaration says so', async () => {
    const cascading = await names(CASCADING);
    const declared = personalData.filter(({ erasure }) => erasure === 'cascade');
    expect(declared.length).toBeGreaterThan(3);
    expect(declared.map(({ table }) => table).filter((name) => !cascading.includes(name))).toEqual(
      [],
    );
  });

  const exported = personalData.flatMap(({ table, export: part }) =>
    'key' in part && table.startsWith('public.') ? [{ table, part }] : [],
  );

  /** Columns of a table that its export neither has nor declares as left out. */
  async function forgotten(table: string, { schema, without = {} }: ExportPart): Promise<string[]> {
    const known = new Set([
      'user_id',
      ...Object.keys(schema.element.shape),
      ...Object.keys(without),
    ]);
    const columns = await names(`
      SELECT attname AS name FROM pg_attribute
       WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`);
    expect(Object.keys(without).filter((column) => !columns.includes(column))).toEqual([]);
    return columns.filter((column) => !known.has(column));
  }

  it.each(exported)('has each column of $table, or the reason why not', async ({ table, part }) => {
    expect(await forgotten(table, part)).toEqual([]);
  });

  it('is missed when a column is neither exported nor left out with a reason', async () => {
    const { table, part } = exported.find((each) => each.table === 'public.sessions')!;
    await database.query(`ALTER TABLE ${table} ADD favourite_colour text`);
    try {
      expect(await forgotten(table, part)).toEqual(['favourite_colour']);
    } finally {
      await database.query(`ALTER TABLE ${table} DROP favourite_colour`);
    }
  });

  const parts = exportParts(personalData);

  /** The fields of the rows that the export of a part selects, and those that its schema describes. */
  async function fieldsOf({ sql, schema }: ExportPart) {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      const { fields } = await client.query(sql, [null]);
      return {
        selected: fields.map(({ name }) => name).toSorted(),
        described: Object.keys(schema.element.shape).toSorted(),
      };
    } finally {
      await client.end();
    }
  }

  it.each(parts)('selects the described fields of $key, and no others', async (part) => {
    const { selected, described } = await fieldsOf(part);
    expect(selected).toEqual(described);
  });

  it('has a unique export key per table, and names only existing tables', async () => {
    const keys = parts.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { table } of personalData) await database.query(`SELECT FROM ${table} LIMIT 0`);
  });
});
