import type { PgBoss } from 'pg-boss';

import { JOBS_SCHEMA } from '../queue/boss.js';

/**
 * At least what pg-boss would fetch. Order and limit have each queue and state be one look into pg-boss's index `job_common_i14`,
 * however many jobs wait and whatever PostgreSQL knows of them. It is an index of some states, so these are named as constants as well.
 */
const DUE = `
  SELECT DISTINCT queue
    FROM unnest($1::text[]) AS queue, unnest('{created,retry}'::${JOBS_SCHEMA}.job_state[]) AS waiting (state)
   CROSS JOIN LATERAL (
     SELECT FROM ${JOBS_SCHEMA}.job AS j
      WHERE j.name = queue AND j.state = waiting.state AND j.state IN ('created', 'retry')
        AND NOT j.blocked AND j.start_after <= ${JOBS_SCHEMA}.job_now()
      ORDER BY j.start_after LIMIT 1) AS due`;

/** Which of these queues hold jobs that are due, by one statement. @throws if the database is down. */
export async function queuesWithDueJobs(
  boss: PgBoss,
  queues: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await boss.getDb().executeSql(DUE, [queues]);
  return (rows as { queue: string }[]).map(({ queue }) => queue);
}
