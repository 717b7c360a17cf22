import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { verifySync } from '@node-rs/argon2';

import type { Finished } from '../support/cli.js';
import { UUID } from '../support/http.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { daysAgo, insertUsers, uniqueEmail } from '../support/users.js';
import { runCommand } from '../support/warm-process.js';

const PASSWORD = 'cnry correct horse battery';

/** What a command printed as its result: one line of JSON, and nothing but it. */
function resultOf({ code, stdout, stderr }: Finished): unknown {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(stdout);
}

describe('the command line', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'cnua-cli-'));
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database?.drop();
  });

  const run = (args: string[], input?: string) =>
    runCommand(args, { DATABASE_URL: database.url }, { ...(input !== undefined && { input }) });

  it('migrates, lists pending migrations and reverts one', async () => {
    const empty = await createTestDatabase({ migrated: false });
    const migrate = (...args: string[]) =>
      runCommand(['migrate', '--json', ...args], { DATABASE_URL: empty.url });
    try {
      const before = resultOf(await migrate('--status')) as { pending: string[] };
      expect(before).toEqual({ applied: [], pending: expect.any(Array) as string[] });
      expect(resultOf(await migrate())).toEqual({ applied: before.pending });
      expect(resultOf(await migrate())).toEqual({ applied: [] });
      const newest = before.pending.findLast((name) => existsSync(`migrations/${name}.up.sql`));
      expect(resultOf(await migrate('--down'))).toEqual({ reverted: newest });
    } finally {
      await empty.drop();
    }
  });

  it('creates a superuser with a password from standard input', async () => {
    const email = uniqueEmail();
    const ended = await run(
      ['createsuperuser', '--email', email, '--password-stdin', '--json'],
      `${PASSWORD}\nrest\n`,
    );
    expect(resultOf(ended)).toEqual({
      id: expect.stringMatching(UUID) as string,
      outcome: 'created',
    });
    const [row] = await database.query<{ hash: string }>(
      'SELECT role, name, email_verified, password_hash AS hash FROM users WHERE email = $1',
      [email],
    );
    expect(row).toMatchObject({ role: 'superuser', name: 'Administrator', email_verified: true });
    expect(verifySync(String(row?.hash), PASSWORD)).toBe(true);
    const [audit] = await database.query(
      `SELECT actor_kind FROM audit_log WHERE action = 'user.created'`,
    );
    expect(audit).toEqual({ actor_kind: 'command' });
  });

  it('promotes an existing user only with --promote', async () => {
    const email = uniqueEmail();
    const [id] = await insertUsers(database, [{ email }]);
    const refused = await run(['createsuperuser', '--email', email, '--password', PASSWORD]);
    expect(refused).toEqual({
      code: 1,
      stdout: '',
      stderr: 'A user with this address exists; --promote makes it a superuser.\n',
    });
    const promote = ['createsuperuser', '--email', email, '--promote', '--json'];
    const { stderr, ...promoted } = await run([...promote, '--password', 'x']);
    expect(stderr).toBe('The password is not used: --promote leaves the one that the user has.\n');
    expect(resultOf({ ...promoted, stderr: '' })).toEqual({ id, outcome: 'promoted' });
    expect(resultOf(await run(promote))).toEqual({ id, outcome: 'already-superuser' });
  });

  it('names all invalid arguments at once, and never shows the password', async () => {
    const args = ['--email', 'nobody', '--name', ' ', '--password', 'cnry'];
    const { code, stdout, stderr } = await run(['createsuperuser', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.match(/^--\w+/gm)).toEqual(['--email', '--name', '--password']);
    expect(stderr).not.toContain('cnry');
  });

  it('deletes old rows, or only counts them in a dry run', async () => {
    await insertUsers(database, [{ deleted_at: daysAgo(40) }, { deleted_at: daysAgo(10) }]);
    const deleted = {
      users: 1,
      sessions: 0,
      tokens: 0,
      idempotency_keys: 0,
      audit_log: 0,
      jobs: 0,
    };
    const clean = async (...args: string[]) => resultOf(await run(['cleanup', '--json', ...args]));
    const succeeded = () => database.query('SELECT task FROM maintenance');
    const counted = await clean('--dry-run');
    expect(counted).toEqual({ days: 30, dry_run: true, deleted });
    // Keys in the order of the contract.
    expect(JSON.stringify(counted)).toBe(JSON.stringify({ days: 30, dry_run: true, deleted }));
    expect(await succeeded()).toEqual([]);
    expect(await clean('--days', '30')).toEqual({ days: 30, dry_run: false, deleted });
    expect(await succeeded()).toEqual([{ task: 'cleanup' }]);
    const { stdout } = await run(['cleanup', '--days', '5']);
    expect(stdout).toMatch(/^users +1 +older than 5 days$/m);
    expect(stdout).toMatch(/^audit_log +0 +older than 365 days$/m);
  });

  it('exports metrics as Prometheus text or JSON, to a file or standard output', async () => {
    const file = join(folder, 'metrics.prom');
    expect((await run(['export-metrics', file])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^# HELP users_by_\w+ [^]*\nusers_by_status\{status="active"\} \d+\n/,
    );
    expect(resultOf(await run(['export-metrics', '-', '--format', 'json']))).toEqual({
      taken_at: expect.stringMatching(/Z$/) as string,
      users: expect.arrayContaining([
        { property: 'status', value: 'active', count: expect.any(Number) as number },
      ]) as unknown[],
      jobs: [],
    });
    expect(await run(['export-metrics', join(folder, 'no', 'such', 'folder')])).toMatchObject({
      code: 1,
      stdout: '',
    });
  });

  it('lists jobs, retries a dead letter and purges ended jobs', async () => {
    const insert = `INSERT INTO pgboss.job (name, state, completed_on, data, output)
      VALUES ('email', $1, now() - interval '9 days', '{}', '{"message": "Error: no"}') RETURNING id`;
    const [failed] = await database.query<{ id: string }>(insert, ['failed']);
    await database.query(insert, ['completed']);
    const jobs = async (...args: string[]) => resultOf(await run(['jobs', ...args, '--json']));
    expect(await jobs('list', '--state', 'failed')).toEqual([
      {
        id: failed?.id,
        queue: 'email',
        state: 'failed',
        attempts: 1,
        created_at: expect.any(String) as string,
        due_at: expect.any(String) as string,
        completed_at: expect.any(String) as string,
        error: 'Error: no',
      },
    ]);
    const { stdout } = await run(['jobs', 'list', '--queue', 'email']);
    const time = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
    expect(stdout).toMatch(
      new RegExp(`^.* failed +attempts 1  created ${time}  ended ${time}  Error: no$`, 'm'),
    );
    expect(await jobs('retry', String(failed?.id))).toEqual({ retried: 1 });
    expect(await jobs('purge')).toEqual({ purged: 1, state: 'completed', days: 7 });
    expect(await jobs('list')).toMatchObject([
      { id: failed?.id, state: 'retry', error: 'Error: no' },
    ]);
  });
});
