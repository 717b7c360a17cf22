import { randomUUID } from 'node:crypto';

import type { INestApplicationContext } from '@nestjs/common';

import { InvitationsModule } from '../../src/features/invitations/invitations.module.js';
import { InvitationsRepository } from '../../src/features/invitations/invitations.repository.js';
import { invitationsData } from '../../src/features/invitations/invitations.personal-data.js';
import { PrivacyModule } from '../../src/features/privacy/privacy.module.js';
import { Retention } from '../../src/features/privacy/retention.js';
import { Database } from '../../src/platform/database/database.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { EmailModule } from '../../src/platform/mail/mail.module.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { daysAgo, insertUsers, uniqueEmail } from '../support/users.js';

const ID = 'gen_random_uuid()';
const INSERT = `
  INSERT INTO public.invitations (id, email, role, tier, inviter_kind, inviter_id, token_id, token_hash, expires_at,
                                  accepted_at, user_id)
  SELECT ${ID}, $1, 'user', 'free', 'user', $2, ${ID}, uuid_send(${ID}), now() + $3::interval,
         CASE WHEN $4::uuid IS NOT NULL THEN now() END, $4`;

describeOnPostgres('invitations in the database', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;

  beforeAll(async () => {
    database = await createTestDatabase();
    const imports = [
      WorkersModule,
      JobsModule.forRoot({ consume: false }),
      EmailModule,
      InvitationsModule,
      PrivacyModule,
    ];
    context = await createContext(database, { imports });
  });

  afterAll(async () => {
    await context?.close();
    await database?.drop();
  });

  /** A row without a usable token. @param user the account that it became. */
  const insert = async (row: {
    email?: string;
    inviter?: string;
    user?: string;
    expires?: string;
  }) => {
    const { email = uniqueEmail(), inviter = null, user = null, expires = '7 days' } = row;
    await database.query(INSERT, [email, inviter, expires, user]);
    return email;
  };
  const emails = async () => {
    const rows = await database.query<{ email: string }>('SELECT email FROM public.invitations');
    return rows.map(({ email }) => email);
  };
  const exported = async (userId: string) => {
    const { sql } = invitationsData.export as { sql: string };
    return database.query<Record<string, unknown>>(sql, [userId]);
  };

  /** The token of a new invitation. */
  async function newToken(): Promise<string> {
    const invitations = context.get(InvitationsRepository);
    const created = await context.get(Database).transaction(() =>
      invitations.insert({
        id: randomUUID(),
        email: uniqueEmail(),
        email_as_typed: null,
        name: null,
        role: 'user',
        tier: 'free',
        inviter_kind: 'service',
        inviter_id: null,
      }),
    );
    if (created === undefined) throw new Error('the address was taken');
    return invitations.reveal({ ...created, seconds_left: Infinity });
  }

  it('give a mail that was late a token with the whole lifetime, unless it has no effect', async () => {
    const invitations = context.get(InvitationsRepository);
    await newToken();
    const [row] = await database.query<{ id: string; token_id: string }>(
      `UPDATE public.invitations SET expires_at = now() - interval '1 hour'
        WHERE accepted_at IS NULL RETURNING id, token_id`,
    );
    const { id = '', token_id = '' } = row ?? {};
    const late = await invitations.mailed(id, token_id);
    if (late === undefined) throw new Error('the invitation is missing');
    const token = await invitations.reveal(late);
    expect(await invitations.byToken(token)).toMatchObject({ id });
    expect((await invitations.mailed(id, token_id))?.seconds_left).toBeGreaterThan(604_000);
    expect(await invitations.mailed(id, randomUUID())).toBeUndefined();
  });

  it('are exported for the inviter without what concerns others, and for the invited', async () => {
    const email = uniqueEmail();
    const [inviter = '', invited = '', unverified = ''] = await insertUsers(database, [
      {},
      { email },
      {},
    ]);
    await database.query('UPDATE public.users SET email_verified = true WHERE id = $1', [invited]);
    const [{ email: unproven } = { email: '' }] = await database.query<{ email: string }>(
      'SELECT email FROM public.users WHERE id = $1',
      [unverified],
    );
    await insert({ email, inviter, user: invited });
    await insert({ email: email.toUpperCase(), inviter });
    await insert({ email: unproven });
    const rows = { role: 'user', tier: 'free', name: null };
    expect(await exported(inviter)).toMatchObject([
      { ...rows, by_user: true, about_user: false, email: null },
      { ...rows, by_user: true, about_user: false, email: null },
    ]);
    const about = await exported(invited);
    expect(about.every((row) => row['about_user'] === true && row['by_user'] === false)).toBe(true);
    expect(new Set(about.map((row) => row['email']))).toEqual(
      new Set([email, email.toUpperCase()]),
    );
    expect(await exported(unverified)).toEqual([]);
  });

  it('lose an erased inviter, and go with an erased user who accepted', async () => {
    const deleted_at = daysAgo(31);
    const [inviter = '', invited = ''] = await insertUsers(database, [
      { deleted_at },
      { deleted_at },
    ]);
    const open = await insert({ inviter });
    const accepted = await insert({ user: invited });
    expect(await context.get(Retention).remove('users', 30)).toBe(2);
    expect(await emails()).toContain(open);
    expect(await emails()).not.toContain(accepted);
    const rows = await database.query(
      'SELECT inviter_kind, inviter_id FROM public.invitations WHERE email = $1',
      [open],
    );
    expect(rows).toEqual([{ inviter_kind: 'user', inviter_id: null }]);
  });

  it('are removed some time after they were accepted or have expired', async () => {
    const [user = ''] = await insertUsers(database, [{}]);
    const [old, recent] = [
      await insert({ expires: '-31 days' }),
      await insert({ expires: '-29 days' }),
    ];
    const accepted = await insert({ user });
    await database.query(
      `UPDATE public.invitations SET accepted_at = now() - interval '31 days' WHERE email = $1`,
      [accepted],
    );
    await context.get(Retention).remove('tokens', 30);
    const left = await emails();
    expect(left).toContain(recent);
    expect(left).not.toContain(old);
    expect(left).not.toContain(accepted);
  });
});
