import type { PgBoss } from 'pg-boss';

import { JobList } from '../../src/features/operations/jobs/job-list.js';
import { listJobsQuery } from '../../src/features/operations/jobs/jobs.schemas.js';
import { queuesWithDueJobs } from '../../src/platform/jobs/consumer/due-jobs.js';
import { describeOnPostgres } from '../support/installed.js';
import { ExplainingDatabase } from '../support/query-plan.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const JOBS = 20_000;
/** For each of five queues the way down an index and a page of two rows; and the list of queues. */
const BLOCKS = 5 * 6 + 5;
const QUEUES = ['account_mail', 'email', 'invitation_mail'];
/** For each of three queues and two states the way down an index. */
const LOOKS = 3 * 2 * 3;

describeOnPostgres('the cost of a list of jobs, and of a look for them', () => {
  let database: TestDatabase;
  let explaining: ExplainingDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.query(
      `INSERT INTO pgboss.job (name, state, data, created_on, completed_on)
       SELECT 'email', CASE WHEN n <= 3 THEN 'failed' WHEN n <= 6 THEN 'cancelled' ELSE 'completed' END::pgboss.job_state,
              '{}', now() - ($1::int - n) * interval '1 s', now()
         FROM generate_series(1, $1::int) AS n`,
      [JOBS],
    );
    // The partition: pg-boss's own table.
    await database.query('VACUUM ANALYZE pgboss.job_common');
    explaining = await ExplainingDatabase.connect(database.url);
  });

  afterAll(async () => {
    await explaining?.end();
    await database?.drop();
  });

  it.each([['failed'], ['cancelled'], ['created'], ['completed'], [undefined]])(
    'is no more than that of a page, however many jobs have completed: %s',
    async (state) => {
      const list = new JobList(explaining.asDatabase());
      const before = explaining.costs.length;
      const query = { limit: '1', ...(state !== undefined && { state }) };
      const first = await list.page(listJobsQuery.parse(query));
      if (first.next_cursor !== null)
        await list.page(listJobsQuery.parse({ ...query, cursor: first.next_cursor }));

      for (const cost of explaining.costs.slice(before))
        expect(cost.blocks).toBeLessThanOrEqual(BLOCKS);
    },
  );

  it('is a few looks into an index where due jobs are looked for, however many wait', async () => {
    await database.query(
      `INSERT INTO pgboss.job (name, data, start_after)
       SELECT queue, '{}', now() + CASE queue WHEN 'email' THEN interval '0' ELSE interval '1 h' END
         FROM unnest('{email,account_mail}'::text[]) AS queue, generate_series(1, $1::int)`,
      [JOBS],
    );
    await database.query(
      `INSERT INTO pgboss.job (name, state, data, blocked)
       VALUES ('email', 'retry', '{}', false), ('invitation_mail', 'created', '{}', true), ('invitation_mail', 'active', '{}', false)`,
    );
    await database.query('VACUUM ANALYZE pgboss.job_common');
    const explained = explaining.asDatabase();
    const executeSql = async (text: string, values: unknown[] = []) => ({
      rows: await explained.readPrepared(text, values),
    });
    const boss = { getDb: () => ({ executeSql }) } as unknown as PgBoss;

    expect(await queuesWithDueJobs(boss, QUEUES)).toEqual(['email']);
    expect(explaining.costs.at(-1)?.blocks).toBeLessThanOrEqual(LOOKS);
  });
});
