import { migrationNames } from '../../src/platform/database/migrations/migration-files.js';
import { MigrationRefused, Migrator } from '../../src/platform/database/migrations/migrator.js';
import { UserList } from '../../src/features/users/user-list.js';
import { listUsersQuery } from '../../src/features/users/user.schemas.js';
import { describeOnPostgres } from '../support/installed.js';
import { ExplainingDatabase } from '../support/query-plan.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { insertUsers } from '../support/users.js';

const FOLDS = migrationNames('migrations').findIndex((name) => name.endsWith('-fold-alike'));

describeOnPostgres('the migration to one way of folding', () => {
  let database: TestDatabase;
  let migrator: Migrator;

  /** As the release before has left it, in a locale where I and i are two letters. */
  beforeEach(async () => {
    database = await createTestDatabase({ migrated: false, locale: 'tr-TR' });
    migrator = new Migrator(database.url);
    await migrator.up();
    for (const _later of migrationNames('migrations').slice(FOLDS)) await migrator.down();
  });

  afterEach(() => database.drop());

  const validIndexes = async () => {
    const rows = await database.query<{ name: string }>(
      `SELECT indexrelid::regclass::text AS name FROM pg_index
        WHERE indrelid = 'users'::regclass AND indisvalid ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  };

  it('reports users whose addresses differ only in case, loses none, and continues once they are fixed', async () => {
    const [one, two, , gone] = await insertUsers(database, [
      { email: 'INFO@EXAMPLE.COM' },
      { email: 'info@example.com' },
      { email: 'alone@example.com' },
      { email: 'iNFO@example.com', deleted_at: new Date() },
    ]);
    const refusal = await migrator.up().then(String, (error: unknown) => error);
    expect(refusal).toBeInstanceOf(MigrationRefused);
    const { message } = refusal as MigrationRefused;
    expect(message).toContain(`${one}, ${two}`);
    expect(message).not.toContain(gone);
    expect(message).not.toContain('@');
    expect(await database.query('SELECT id FROM users')).toHaveLength(4);

    await database.query('UPDATE users SET deleted_at = now() WHERE id = $1', [two]);
    await migrator.up();
    expect(await validIndexes()).toEqual(
      expect.arrayContaining(['users_email_unique', 'users_name_folded']),
    );
    await expect(insertUsers(database, [{ email: 'info@example.com' }])).rejects.toMatchObject({
      constraint: 'users_email_unique',
    });
  });

  it('resumes after a run that left an invalid index', async () => {
    const twins = [{ email: 'INFO@EXAMPLE.COM' }, { email: 'info@example.com' }];
    const [, two] = await insertUsers(database, twins);
    const build = `CREATE UNIQUE INDEX CONCURRENTLY users_email_unique ON users (lower(email COLLATE "C"))`;
    await expect(database.query(build)).rejects.toThrow('could not create unique index');
    await database.query('UPDATE users SET deleted_at = now() WHERE id = $1', [two]);
    await migrator.up();
    expect(await validIndexes()).toContain('users_email_unique');
  });

  it('lets the previous release, which does not store the typed form, change addresses', async () => {
    await migrator.up();
    const [id] = await insertUsers(database, [{ email: 'ada@xn--mnchen-3ya.de' }]);
    const change = (set: string) =>
      database.query(`UPDATE users SET ${set} WHERE id = $1 RETURNING email_as_typed`, [id]);
    const typed = { email_as_typed: 'ada@münchen.de' };
    expect(await change(`email_as_typed = 'ada@münchen.de'`)).toEqual([typed]);
    expect(await change(`name = 'Ada', email = email`)).toEqual([typed]);
    expect(await change(`email = 'ada@example.com'`)).toEqual([{ email_as_typed: null }]);
  });

  it('uses an index to find addresses and names', async () => {
    await migrator.up();
    await database.query(
      `INSERT INTO users (id, email, name)
       SELECT gen_random_uuid(), 'I' || n || '@EXAMPLE.COM', 'IŞIK İ ' || n FROM generate_series(1, 20000) AS n`,
    );
    await database.query('ANALYZE users');
    const explaining = await ExplainingDatabase.connect(database.url);
    try {
      const list = new UserList(explaining.asDatabase());
      const indexes = async (query: object) => {
        explaining.costs.length = 0;
        const { items } = await list.page(listUsersQuery.parse(query));
        expect(items.length).toBeGreaterThan(0);
        return explaining.costs.flatMap((cost) => cost.indexes);
      };
      expect(await indexes({ email: 'i77@example.com' })).toEqual(['users_email_unique']);
      const both = ['users_email_unique', 'users_name_folded'];
      for (const q of ['i777', 'işik İ 777', 'I'])
        expect((await indexes({ q })).toSorted()).toEqual(both);
    } finally {
      await explaining.end();
    }
  });
});
