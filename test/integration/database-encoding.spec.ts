import { randomBytes } from 'node:crypto';

import { MigrationRefused, Migrator } from '../../src/platform/database/migrations/migrator.js';
import { execute } from '../support/execute.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describeOnPostgres('a database of another encoding', () => {
  let neighbour: TestDatabase;
  const name = `test_${randomBytes(8).toString('hex')}`;

  beforeAll(async () => {
    neighbour = await createTestDatabase({ migrated: false });
    await neighbour.query(
      `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'`,
    );
  });

  afterAll(async () => {
    await neighbour?.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await neighbour?.drop();
  });

  it('is refused with a clear message, and left unchanged', async () => {
    const url = new URL(neighbour.url);
    url.pathname = `/${name}`;
    const migrating = new Migrator(url.href).up();
    await expect(migrating).rejects.toBeInstanceOf(MigrationRefused);
    await expect(migrating).rejects.toThrow(
      'The database has the encoding LATIN1, but needs UTF8.',
    );
    expect(await execute(url.href, `SELECT 1 FROM pg_tables WHERE schemaname = 'public'`)).toEqual(
      [],
    );
  });
});
