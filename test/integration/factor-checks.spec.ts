import { randomBytes, randomUUID } from 'node:crypto';

import type { INestApplicationContext } from '@nestjs/common';
import { generate } from 'otplib';

import { secretColumns } from '../../src/bootstrap/declarations.module.js';
import { FactorChecks } from '../../src/features/factors/factor-checks.js';
import { FactorChecksModule } from '../../src/features/factors/factors.module.js';
import { factorSecret } from '../../src/features/factors/factors.repository.js';
import { hashOfCode } from '../../src/features/factors/recovery-codes/recovery-codes.js';
import { DataCipher } from '../../src/platform/data-key/data-cipher.js';
import { SecretUnreadable } from '../../src/platform/data-key/data-key.errors.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { EmailModule } from '../../src/platform/mail/mail.module.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { insertUsers } from '../support/users.js';

const MODULES = [WorkersModule, EmailModule, JobsModule.forRoot({ consume: false })];
const CODE = 'K7QF-0A1B-XYZ2-9MNS';

describeOnPostgres('checks of factors', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;
  let user: string;
  let other: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    context = await createContext(database, { imports: [...MODULES, FactorChecksModule] });
  });

  beforeEach(async () => {
    [user = '', other = ''] = await insertUsers(database, [{}, {}]);
  });

  afterAll(async () => {
    await context?.close();
    await database?.drop();
  });

  const checks = () => context.get(FactorChecks);

  async function addTotp(owner = user, confirmed = true): Promise<{ id: string; secret: Buffer }> {
    const id = randomUUID();
    const secret = randomBytes(20);
    const encrypted = context.get(DataCipher).encrypt(factorSecret, id, secret);
    await database.query(
      `INSERT INTO public.factors (id, user_id, type, secret, confirmed_at)
       VALUES ($1, $2, 'totp', $3, CASE WHEN $4 THEN now() END)`,
      [id, owner, encrypted, confirmed],
    );
    return { id, secret };
  }

  async function addCodes(codes: string[]): Promise<void> {
    const id = randomUUID();
    await database.query(
      `INSERT INTO public.factors (id, user_id, type, confirmed_at) VALUES ($1, $2, 'recovery_codes', now())`,
      [id, user],
    );
    await database.query(`INSERT INTO public.recovery_codes SELECT $1::uuid, unnest($2::bytea[])`, [
      id,
      codes.map((code) => hashOfCode(user, code)),
    ]);
  }

  it('refuse the code of a step before the last used one', async () => {
    const { id, secret } = await addTotp();
    const step = Math.floor(Date.now() / 30_000);
    const before = await generate({ secret, epoch: (step - 1) * 30 });
    await database.query('UPDATE public.factors SET last_step = $2 WHERE id = $1', [id, step]);
    expect(await checks().check(user, { code: before })).toBe('replayed');
  });

  it('accept codes of each app of a user, and note when one was used', async () => {
    const apps = [await addTotp(), await addTotp()];
    for (const { id, secret } of apps.toReversed())
      expect(await checks().check(user, { code: await generate({ secret }) })).toMatchObject({
        id,
        methods: ['otp'],
      });
    const rows = await database.query<{ last_used_at: Date | null }>(
      'SELECT last_used_at FROM public.factors WHERE user_id = $1',
      [user],
    );
    expect(rows.every(({ last_used_at: at }) => at !== null)).toBe(true);
  });

  it('refuse codes of an app that was not confirmed, and of another user', async () => {
    const { secret: unconfirmed } = await addTotp(user, false);
    const { secret: foreign } = await addTotp(other);
    for (const secret of [unconfirmed, foreign])
      expect(await checks().check(user, { code: await generate({ secret }) })).toBe('wrong');
    await addCodes([CODE]);
    expect(await checks().check(other, { recovery_code: CODE })).toBe('wrong');
    expect(await checks().check(user, { recovery_code: CODE })).toMatchObject({ userId: user });
  });

  it('go on with the other apps where the secret of one cannot be read, and count guesses at them', async () => {
    const { secret } = await addTotp();
    for (const id of [
      '00000000-0000-4000-8000-000000000000',
      'ffffffff-ffff-4fff-bfff-ffffffffffff',
    ])
      await database.query(
        `INSERT INTO public.factors (id, user_id, type, secret, confirmed_at) VALUES ($1, $2, 'totp', 'unreadable', now())`,
        [id, user],
      );
    const foreign = await generate({ secret: randomBytes(20) });
    expect(await checks().check(user, { code: foreign })).toBe('wrong');
    expect(await checks().check(user, { code: await generate({ secret }) })).toMatchObject({
      userId: user,
    });
    await database.query(
      `DELETE FROM public.factors WHERE user_id = $1 AND secret <> 'unreadable'`,
      [user],
    );
    await expect(checks().check(user, { code: foreign })).rejects.toThrow(SecretUnreadable);
  });

  it('tell the recovery code that was used last from a guess, and count earlier ones as guesses', async () => {
    const second = CODE.replace('K', 'M');
    await addCodes([CODE, second]);
    const results = [];
    for (const code of [CODE, CODE, second, CODE, second])
      results.push(await checks().check(user, { recovery_code: code }));
    const proven = expect.objectContaining({ userId: user }) as unknown;
    expect(results).toEqual([proven, 'replayed', proven, 'wrong', 'replayed']);
  });

  it.each(secretColumns)('have $table.$column in the declared form', async ({ table, column }) => {
    const columns = await database.query<{ line: string }>(
      `SELECT attname || ' ' || format_type(atttypid, NULL) AS line
         FROM pg_attribute WHERE attrelid = $1::regclass AND attname = ANY($2) ORDER BY attname`,
      [table, ['id', column]],
    );
    expect(columns.map(({ line }) => line)).toEqual(['id uuid', `${column} bytea`]);
  });
});
