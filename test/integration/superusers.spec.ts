import type { INestApplicationContext } from '@nestjs/common';

import { AdministrationModule } from '../../src/features/administration/administration.module.js';
import { Superusers } from '../../src/features/administration/superusers.js';
import { EmailTaken } from '../../src/features/users/user.errors.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { insertUsers, uniqueEmail } from '../support/users.js';

describeOnPostgres('Superusers', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let superusers: Superusers;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createContext(database, {
      imports: [WorkersModule, AdministrationModule],
    });
    superusers = app.get(Superusers);
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const request = (email = uniqueEmail()) => ({ email, name: 'Root', password: 'a long secret' });

  const rowOf = async (id: string) =>
    (await database.query<Record<string, unknown>>('SELECT * FROM users WHERE id = $1', [id]))[0];

  const auditOf = (id: string) =>
    database.query<Record<string, unknown>>(
      'SELECT action, details FROM audit_log WHERE target_id = $1 ORDER BY id',
      [id],
    );

  it('creates one with a verified address, a hashed password and an audit record', async () => {
    const { id } = await superusers.create(request());
    expect(await rowOf(id)).toMatchObject({
      role: 'superuser',
      email_verified: true,
      source: 'cli',
      password_hash: expect.stringMatching(/^\$argon2id\$/) as string,
    });
    expect(await auditOf(id)).toMatchObject([
      { action: 'user.created', details: { role: 'superuser' } },
    ]);
  });

  it('refuses an address that is taken, in any case', async () => {
    const email = uniqueEmail();
    await insertUsers(database, [{ email }]);
    await expect(superusers.create(request(email.toUpperCase()))).rejects.toBeInstanceOf(
      EmailTaken,
    );
  });

  it('creates one superuser for two concurrent requests with one address', async () => {
    const email = uniqueEmail();
    const outcomes = await Promise.allSettled([
      superusers.create(request(email)),
      superusers.create(request(email)),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(EmailTaken) as EmailTaken,
    });
  });

  it('promotes a user by address in any case, once, and ends its sessions', async () => {
    const email = uniqueEmail();
    const [id = ''] = await insertUsers(database, [{ email }]);
    expect(await superusers.promote(email.toUpperCase())).toEqual({ id, outcome: 'promoted' });
    expect(await superusers.promote(email)).toEqual({ id, outcome: 'already-superuser' });
    expect(await rowOf(id)).toMatchObject({
      role: 'superuser',
      credentials_version: 2,
      version: 2,
    });
    expect(await auditOf(id)).toEqual([
      { action: 'user.role-changed', details: { from: 'user', to: 'superuser' } },
    ]);
  });

  it('refuses to promote an unknown or deleted user', async () => {
    const email = uniqueEmail();
    await insertUsers(database, [{ email, deleted_at: new Date() }]);
    expect(await superusers.promote(email)).toBeUndefined();
    expect(await superusers.promote(uniqueEmail())).toBeUndefined();
  });
});
