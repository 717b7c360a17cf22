import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';

import { cli, type Finished } from '../support/cli.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { runCommand } from '../support/warm-process.js';

const BCRYPT = `$2b$10$${'a'.repeat(21)}e${'a'.repeat(31)}`;
const ARGON2 =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const ADA = {
  email: 'a@example.com',
  name: 'Ada, L',
  password_hash: BCRYPT,
  role: 'superuser',
  tier: 'pro',
  status: 'suspended',
  source: 'web',
  email_verified: 'true',
  created_at: '2020-01-02T03:04:05Z',
};
const USERS: readonly Partial<typeof ADA>[] = [
  ADA,
  { email: 'b@example.com', name: 'Bob', password_hash: ARGON2 },
];
const COLUMNS = Object.keys(ADA) as (keyof typeof ADA)[];
/** `USERS` as a file. */
const CSV = [
  COLUMNS.join(),
  ...USERS.map((user) => COLUMNS.map((name) => quoted(user[name] ?? '')).join()),
];

/** A field of a CSV file. */
function quoted(text: string): string {
  return text.includes(',') ? `"${text}"` : text;
}

describe('users import and export', () => {
  let database: TestDatabase;
  let folder: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'bulk-'));
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  const users = (args: readonly string[], input?: string): Promise<Finished> =>
    input === undefined
      ? runCommand(['users', ...args], { DATABASE_URL: database.url })
      : cli(['users', ...args], { DATABASE_URL: database.url }, { input });
  const file = (name: string, lines: readonly string[]) => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  /** Inserts `USERS`, whose other columns have defaults. */
  const insertBoth = async () => {
    for (const user of USERS) {
      const places = Object.keys(user)
        .map((_, index) => `$${index + 1}`)
        .join();
      await database.query(
        `INSERT INTO users (id, ${Object.keys(user).join()}) VALUES (gen_random_uuid(), ${places})`,
        Object.values(user),
      );
    }
  };
  const all = () =>
    database.query<Record<string, unknown>>(
      `SELECT email, name, password_hash, role, tier, status, source, email_verified,
              created_at, id::text FROM users ORDER BY email`,
    );

  it('imports users with all fields, sends no mail, and audits each', async () => {
    const { code, stdout, stderr } = await users(['import', file('u.csv', CSV), '--json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      read: 2,
      imported: 2,
      skipped: 0,
      rejected: 0,
      dry_run: false,
    });
    const [ada, bob] = await all();
    expect(ada).toMatchObject({
      ...ADA,
      email_verified: true,
      created_at: new Date(ADA.created_at),
    });
    const created = Date.parse(ADA.created_at).toString(16).padStart(12, '0');
    expect(String(ada?.['id']).replace('-', '').slice(0, 12)).toBe(created);
    expect(bob).toMatchObject({
      password_hash: ARGON2,
      role: 'user',
      tier: 'free',
      source: 'import',
    });
    expect(await database.query('SELECT 1 FROM pgboss.job')).toEqual([]);
    const audit = await database.query<{ action: string; actor_kind: string }>(
      `SELECT DISTINCT action, actor_kind FROM audit_log WHERE details @> '{"imported": true}'`,
    );
    expect(audit).toEqual([{ action: 'user.created', actor_kind: 'command' }]);
  });

  it('rejects invalid records by number and reason without their values, and imports the others', async () => {
    const lines = [
      ...CSV,
      'secret-address,X,plain-hash,,,,,,',
      'c@example.com,C',
      'd@example.com,D,,,,,,,',
      '"v@example.com","Nice',
      'evil@example.com,Evil,,superuser,,,,,',
      'name",,,,,,,',
    ];
    const { code, stdout, stderr } = await users(['import', file('u.csv', lines), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ read: 6, imported: 3, rejected: 3 });
    expect(stderr.trim().split('\n')).toEqual([
      'record 3: email must be an e-mail address; password_hash must be an argon2, bcrypt, scrypt, PBKDF2, phpass or crypt hash',
      'record 4: must have 9 fields',
      'record 6: name must not contain control characters',
    ]);
    const rejects = join(folder, 'rejects.txt');
    const again = await users(['import', file('u.csv', lines), '--rejects', rejects]);
    expect([again.code, again.stderr]).toEqual([1, '']);
    expect(again.stdout).toContain('6 read: 0 imported, 3 skipped, 3 rejected');
    expect(readFileSync(rejects, 'utf8')).toBe(stderr);
    expect(statSync(rejects).mode & 0o077).toBe(0);
  });

  it('exports to a private file in the format of its name, and without hashes unless asked', async () => {
    await insertBoth();
    const path = join(folder, 'out.jsonl');
    expect((await users(['export', path, '--with-hashes'])).stdout).toBe('2 users exported.\n');
    expect(statSync(path).mode & 0o077).toBe(0);
    await database.query('DELETE FROM users');
    const again = await users(['import', path, '--dry-run', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ imported: 2, dry_run: true });
    expect(await all()).toEqual([]);
    expect((await users(['import', path])).code).toBe(0);
    const { stdout } = await users(['export', '-', '--format', 'csv']);
    expect(stdout).toContain('a@example.com');
    expect(stdout).not.toMatch(/\$2b|argon2|password_hash/);
  });

  it('reads and writes pipes and links without replacing them', async () => {
    await insertBoth();
    const pipes = ['in.csv', 'rejects'].map((name) => join(folder, name));
    for (const pipe of pipes) spawnSync('mkfifo', [pipe]);
    const [input = '', rejects = ''] = pipes;
    const link = join(folder, 'link.csv');
    symlinkSync(file('real.csv', ['old']), link);
    expect(await users(['export', link])).toMatchObject({ code: 0 });
    const importing = users(['import', input, '--rejects', rejects, '--json']);
    const report = readText(createReadStream(rejects));
    writeFileSync(input, `email,name\nx@example.com,${'x'.repeat(201)}\ny@example.com,Y\n`);
    expect(JSON.parse((await importing).stdout)).toMatchObject({ imported: 1, rejected: 1 });
    expect(await report).toBe('record 1: name must have 1 to 200 characters\n');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real.csv'), 'utf8')).toContain('a@example.com');
    expect(pipes.map((pipe) => lstatSync(pipe).isFIFO())).toEqual([true, true]);
  });

  it('reports a wrong call or file in one line', async () => {
    const outcomes = [
      await users(['import', '-']),
      await users(['import', join(folder, 'none.csv')]),
      await users(['import', '-', '--format', 'csv'], 'name,role\n'),
      await users(['import', file('bad.csv', ['email,name,salary', 'a,b,c'])]),
      await users(['export', join(folder, 'no', 'such', 'folder.csv')]),
      await users([]),
    ];
    expect(outcomes.map(({ code }) => code)).toEqual([2, 1, 1, 1, 1, 2]);
    for (const { stderr } of outcomes) expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
