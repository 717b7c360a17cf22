import type { AuditLog } from '../../src/platform/audit/audit-log.js';
import { personalData } from '../../src/bootstrap/declarations.module.js';
import { PersonalDataExport } from '../../src/features/privacy/personal-data-export.js';
import type { User } from '../../src/features/users/user.entity.js';
import type { UsersRepository } from '../../src/features/users/users.repository.js';
import { describeOnPostgres } from '../support/installed.js';
import { ExplainingDatabase } from '../support/query-plan.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { insertUsers } from '../support/users.js';

const OTHERS = 50_000;

describeOnPostgres('PersonalDataExport', () => {
  let database: TestDatabase;
  let explaining: ExplainingDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    explaining = await ExplainingDatabase.connect(database.url);
  });

  afterAll(async () => {
    await explaining?.end();
    await database?.drop();
  });

  it('uses an index to find the jobs of a user, including tier changes', async () => {
    const [id = '', other] = await insertUsers(database, [{}, {}]);
    await database.query(
      `INSERT INTO tier_changes (id, user_id, from_tier, to_tier)
       VALUES (gen_random_uuid(), $1, 'free', 'pro'), (gen_random_uuid(), $2, 'free', 'pro')`,
      [id, other],
    );
    await database.query(
      `INSERT INTO pgboss.job (name, data)
       SELECT 'email', jsonb_build_object('payload', jsonb_build_object('user_id', gen_random_uuid()))
         FROM generate_series(1, ${OTHERS})
        UNION ALL SELECT 'email', jsonb_build_object('payload', jsonb_build_object('user_id', $1::text))
        UNION ALL SELECT 'tier_change', jsonb_build_object('payload', jsonb_build_object('change_id', id))
         FROM tier_changes`,
      [id],
    );
    await database.query('ANALYZE pgboss.job');
    const users = { lock: () => Promise.resolve(userWith(id)) } as unknown as UsersRepository;
    const audit = { insertion: () => undefined } as unknown as AuditLog;
    const data = new PersonalDataExport(explaining.asDatabase(), users, audit, personalData);
    const { jobs } = (await data.export(id)) as unknown as { jobs: { queue: string }[] };
    expect(jobs.map(({ queue }) => queue).toSorted()).toEqual(['email', 'tier_change']);
    expect(Math.max(...explaining.costs.map(({ rowsRead }) => rowsRead))).toBeLessThan(20);
  });
});

function userWith(id: string): User {
  const now = new Date();
  return { id, email: 'ada@example.com', created_at: now, updated_at: now } as User;
}
