import type { INestApplicationContext } from '@nestjs/common';

import { PrivacyModule } from '../../src/features/privacy/privacy.module.js';
import { Retention } from '../../src/features/privacy/retention.js';
import { TierChangeLedger } from '../../src/features/tiers/tier-change-ledger.js';
import { TiersModule } from '../../src/features/tiers/tiers.module.js';
import { UsersModule } from '../../src/features/users/users.module.js';
import { UsersRepository } from '../../src/features/users/users.repository.js';
import { Database } from '../../src/platform/database/database.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { EmailModule } from '../../src/platform/mail/mail.module.js';
import type { Charge, ChargeOutcome } from '../../src/platform/payments/payment-service.js';
import { PaymentsModule } from '../../src/platform/payments/payments.module.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { daysAgo, insertUsers } from '../support/users.js';

describeOnPostgres('TierChangeLedger', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let ledger: TierChangeLedger;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createContext(database, {
      imports: [
        WorkersModule,
        JobsModule.forRoot({ consume: false }),
        EmailModule,
        PaymentsModule,
        UsersModule,
        TiersModule,
        PrivacyModule,
      ],
      env: { EMAIL_SERVICE_URL: 'log:' },
    });
    ledger = app.get(TierChangeLedger, { strict: false });
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  async function begin(): Promise<Charge> {
    const [id = ''] = await insertUsers(database, [{}]);
    const users = app.get(UsersRepository, { strict: false });
    return app
      .get(Database, { strict: false })
      .transaction(async () => ledger.begin(await users.lock(id), 'enterprise'));
  }

  async function standing({ id, userId }: Charge) {
    const [row] = await database.query<{ status: string; tier: string }>(
      `SELECT c.status, u.tier FROM tier_changes c JOIN users u ON u.id = c.user_id
        WHERE c.id = $1 AND u.id = $2`,
      [id, userId],
    );
    return row && `${row.status} ${row.tier}`;
  }

  it('schedules the job that checks the outcome together with the change', async () => {
    const { id } = await begin();
    const jobs = await database.query<{ data: { payload: object }; later: boolean }>(
      `SELECT data, start_after > now() + interval '5 s' AS later FROM pgboss.job
        WHERE name = 'tier_change' AND data -> 'payload' ->> 'change_id' = $1`,
      [id],
    );
    expect(jobs).toEqual([
      { data: expect.objectContaining({ payload: { change_id: id } }) as object, later: true },
    ]);
  });

  it.each<[first: ChargeOutcome, then: ChargeOutcome, string]>([
    ['applied', 'applied', 'applied enterprise'],
    ['applied', 'declined', 'applied enterprise'],
    ['declined', 'applied', 'declined free'],
    ['not-charged', 'applied', 'not_charged free'],
    ['unknown', 'applied', 'applied enterprise'],
    ['unknown', 'declined', 'declined free'],
    ['unknown', 'not-charged', 'pending free'],
    ['unknown', 'unknown', 'pending free'],
  ])('lets the first answer decide: %s, then %s', async (first, then, expected) => {
    const charge = await begin();
    await ledger.settle(charge, first);
    const again = await ledger.askAgain(charge.id);
    // Settled charges are not requested again; a late answer to an earlier request changes nothing.
    expect(again).toEqual(first === 'unknown' ? charge : undefined);
    await ledger.settle(charge, then);
    expect(await standing(charge)).toBe(expected);
  });

  it('does not settle as not charged once another process has sent a charge', async () => {
    const charge = await begin();
    // The job began while the request was still waiting for its turn.
    await ledger.askAgain(charge.id);
    await ledger.settle(charge, 'not-charged');
    expect(await standing(charge)).toBe('pending free');
    await ledger.settle(charge, 'applied');
    expect(await standing(charge)).toBe('applied enterprise');
  });

  it('allows one pending change per user, by a unique index', async () => {
    const { userId } = await begin();
    await expect(
      database.query(
        `INSERT INTO tier_changes (id, user_id, from_tier, to_tier)
         VALUES (gen_random_uuid(), $1, 'free', 'pro')`,
        [userId],
      ),
    ).rejects.toThrow('tier_changes_pending');
  });

  it('commits the tier together with its records, or neither', async () => {
    const charge = await begin();
    await database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$;
      CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON audit_log DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse()`);
    try {
      await expect(ledger.settle(charge, 'applied')).rejects.toThrow('no room');
    } finally {
      await database.query('DROP FUNCTION refuse CASCADE');
    }
    expect(await standing(charge)).toBe('pending free');
  });

  it('is erased with its user, but not while the outcome of a charge is unknown', async () => {
    const retention = app.get(Retention, { strict: false });
    const charge = await begin();
    await database.query('UPDATE users SET deleted_at = $2 WHERE id = $1', [
      charge.userId,
      daysAgo(31),
    ]);
    expect(await retention.remove('users', 30)).toBe(0);
    await ledger.settle(charge, 'applied');
    expect(await standing(charge)).toBe('orphaned free');
    expect(await retention.remove('users', 30)).toBe(1);
    expect(await database.query('SELECT 1 FROM tier_changes WHERE id = $1', [charge.id])).toEqual(
      [],
    );
  });

  it('is deleted some time after it ended, and never before', async () => {
    const retention = app.get(Retention, { strict: false });
    const [ended, recent, open] = [await begin(), await begin(), await begin()];
    for (const charge of [ended, recent]) await ledger.settle(charge, 'applied');
    await database.query('UPDATE tier_changes SET created_at = $1', [daysAgo(100)]);
    await database.query('UPDATE tier_changes SET ended_at = $2 WHERE id = $1', [
      ended.id,
      daysAgo(31),
    ]);
    await retention.remove('idempotency_keys', 30);
    const left = await database.query<{ id: string }>(
      'SELECT id FROM tier_changes WHERE id = ANY ($1) ORDER BY id',
      [[ended, recent, open].map(({ id }) => id)],
    );
    expect(left.map(({ id }) => id)).toEqual([recent.id, open.id]);
  });
});
