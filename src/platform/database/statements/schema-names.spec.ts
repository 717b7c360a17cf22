import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const SOURCE = join(import.meta.dirname, '../../..');
const MIGRATIONS = join(SOURCE, '../migrations');

const created = readdirSync(MIGRATIONS)
  .filter((file) => file.endsWith('.up.sql'))
  .flatMap((file) => [
    ...readFileSync(join(MIGRATIONS, file), 'utf8').matchAll(/^CREATE TABLE (\w+)/gm),
  ])
  .map(([, name = '']) => name);
/** TypeORM creates the last. */
const tables = [...created, 'migrations'];

/** A name of a table that is no part of a longer one nor an alias, and neither follows a schema nor comes before a column. */
const UNQUALIFIED = new RegExp(String.raw`(?<![\w.]|\bAS )"?(?:${tables.join('|')})\b(?!"?\.)`);
/** What makes a text one of SQL: English has none of these in capitals. */
const SQL = /\b(?:SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|TABLE|TRUNCATE|WHERE)\b/;
/** Sent in digits as `extra_float_digits` says. */
const FLOAT = /::\s*(?:float[48]?|real|double precision)\s+AS\b(?!\s*\()/i;

/** Texts in code, comments left out: each template as a whole, with a letter for each expression in it. */
function textsOf(code: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push(
        node.head.text + node.templateSpans.map(({ literal }) => `x${literal.text}`).join(''),
      );
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest));
  return texts;
}

const inSql = (code: string, fault: RegExp) =>
  textsOf(code).filter((text) => SQL.test(text) && fault.test(text));

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.spec)\.ts$/.test(file))
  .map((file) => ({ file, code: readFileSync(join(SOURCE, file), 'utf8') }));

/** Behind a transaction pooler a single read goes by what the database or the role sets. */
describe('SQL in the code', () => {
  it.each([
    ["'SELECT 1 FROM users'", 1],
    ["'SELECT 1 FROM public.users, sessions'", 1],
    ['`SELECT 1 FROM ${jobs} JOIN users u ON true`', 1],
    ['`SELECT 1 FROM "users"`', 1],
    ["`SELECT to_regclass('migrations')`", 1],
    [
      '`DELETE FROM public.users WHERE EXISTS (SELECT FROM public.sessions WHERE id = users.id)`',
      0,
    ],
    ["'SELECT used FROM public.known_sources' // FROM users", 0],
    ["'SELECT 1 AS sessions'", 0],
    ["'users'", 0],
  ])('is read right: %s', (code, count) => {
    expect(inSql(code, UNQUALIFIED)).toHaveLength(count);
  });

  it.each(files.filter(({ code }) => SQL.test(code)))(
    'names the schema of each table, and reads no floats: $file',
    ({ code }) => {
      expect({ tables: inSql(code, UNQUALIFIED), floats: inSql(code, FLOAT) }).toEqual({
        tables: [],
        floats: [],
      });
    },
  );

  it('names the schema of each entity', () => {
    const entities = files.flatMap(({ code }) => code.match(/^@Entity\(.*/gm) ?? []);
    expect(entities.filter((entity) => !entity.includes("schema: 'public'"))).toEqual([]);
    expect(entities).not.toEqual([]);
  });

  it('finds the tables', () => {
    expect(tables).toEqual(expect.arrayContaining(['users', 'sessions', 'audit_log']));
  });
});
