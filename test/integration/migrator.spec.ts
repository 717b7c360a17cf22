import { features } from '../../src/bootstrap/features.js';
import { schemaSteps } from '../../src/bootstrap/schema-steps.js';
import { migrationNames } from '../../src/platform/database/migrations/migration-files.js';
import { Migrator } from '../../src/platform/database/migrations/migrator.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const files = migrationNames('migrations');
const all = [
  ...files,
  'job-tables',
  ...features.flatMap(({ jobs = [] }) => jobs).map(({ queue }) => `job-queue-${queue}`),
  'user-jobs-index',
  'dead-jobs-index',
];

describeOnPostgres('Migrator', () => {
  let database: TestDatabase;
  let migrator: Migrator;

  beforeEach(async () => {
    database = await createTestDatabase({ migrated: false });
    migrator = new Migrator(database.url, schemaSteps);
  });

  afterEach(() => database.drop());

  async function tables(): Promise<string[]> {
    const rows = await database.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  }

  it('reports all migrations as pending on an empty database, and changes nothing', async () => {
    expect(await migrator.status()).toEqual({ applied: [], pending: all });
    expect(await tables()).toEqual([]);
  });

  it('applies all migrations, oldest first, and then has nothing to do', async () => {
    expect(await migrator.up()).toEqual(all);
    expect(await migrator.up()).toEqual([]);
    expect(await migrator.status()).toEqual({ applied: files, pending: [] });
  });

  it('reverts one at a time down to an empty schema, and applies all again', async () => {
    await migrator.up();
    for (const newest of files.toReversed()) expect(await migrator.down()).toBe(newest);
    expect(await migrator.down()).toBeUndefined();
    expect(await tables()).toEqual(['migrations']);
    expect(await migrator.up()).toEqual(files);
  });

  it('leaves no function behind when all migrations are reverted', async () => {
    await migrator.up();
    for (const _file of files) await migrator.down();
    const functions = await database.query(
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
    );
    expect(functions).toEqual([]);
  });

  it('lets one of six concurrent runs work while the others wait', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, () => new Migrator(database.url, schemaSteps).up()),
    );
    expect(results.filter(({ length }) => length > 0)).toEqual([all]);
  });

  it('reports only missing migrations', async () => {
    await migrator.up();
    await migrator.down();
    await database.query(`DELETE FROM pgboss.queue WHERE name = 'email'`);
    await database.query('DROP INDEX pgboss.job_subject');
    const { pending } = await migrator.status();
    expect(pending).toEqual([...files.slice(-1), 'job-queue-email', 'user-jobs-index']);
    expect(await migrator.up()).toEqual(pending);
  });

  it('reports nothing as pending in a database that is ahead of the code', async () => {
    await migrator.up();
    await database.query(
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'later')`,
    );
    expect(await migrator.status()).toEqual({ applied: [...files, 'later'], pending: [] });
    expect(await migrator.up()).toEqual([]);
  });

  it('rolls a failed migration back completely and reports it', async () => {
    await database.query('CREATE TABLE audit_log (taken text)');
    await expect(migrator.up()).rejects.toThrow('audit_log');
    expect(await tables()).not.toContain('users');
  });
});
