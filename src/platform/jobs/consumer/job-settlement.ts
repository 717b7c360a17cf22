import type { PgBoss } from 'pg-boss';

import { JOBS_SCHEMA } from '../queue/boss.js';

/** How an attempt at a job ended. */
export interface SettledJob {
  readonly id: string;
  /** Identifies the attempt: a process that lost its claim cannot settle the job. */
  readonly retryCount: number;
  /** pg-boss's states; `created` puts the job back as if it had not been tried. */
  readonly state: 'completed' | 'retry' | 'failed' | 'created';
  /** Why it failed; `jobs list` shows it. */
  readonly reason?: string;
  /** Milliseconds until a job that is put back is due. */
  readonly delayMs?: number;
}

/**
 * pg-boss settles completed, failed and dead jobs by a statement each, and cannot put a job back
 * without counting the attempt. Here one statement does it all. The wait before a retry doubles,
 * with jitter, as pg-boss's own does (`retryBackoff`).
 */
const SETTLE = `
  UPDATE ${JOBS_SCHEMA}.job AS j
     SET state = e.state::${JOBS_SCHEMA}.job_state,
         completed_on = CASE WHEN e.state IN ('completed', 'failed') THEN now() END,
         started_on = CASE WHEN e.state <> 'created' THEN j.started_on END,
         start_after = CASE e.state
           WHEN 'created' THEN now() + e.delay_ms * interval '1 millisecond'
           WHEN 'retry' THEN now() + interval '1 second' * least(
             j.retry_delay_max,
             greatest(j.retry_delay, 1) * 2 ^ least(16, j.retry_count) * (1 + random()))
           ELSE j.start_after END,
         output = e.output
    FROM json_to_recordset($2::text::json)
      AS e (id uuid, retry_count int, state text, output jsonb, delay_ms float8)
   WHERE j.name = $1 AND j.id = e.id AND j.state = 'active' AND j.retry_count = e.retry_count`;

/** Text that jsonb accepts: a rejected one would fail the whole statement. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Stores the results of attempts with one statement. @throws if the database is down. */
export async function settleJobs(
  boss: PgBoss,
  queue: string,
  jobs: readonly SettledJob[],
): Promise<void> {
  const rows = jobs.map(({ id, retryCount, state, reason, delayMs = 0 }) => ({
    id,
    retry_count: retryCount,
    state,
    output: reason === undefined ? null : { message: storable(reason) },
    delay_ms: delayMs,
  }));
  await boss.getDb().executeSql(SETTLE, [queue, JSON.stringify(rows)]);
}
