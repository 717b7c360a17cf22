import type { SchemaStep } from '../../../platform/declarations/schema-step.js';
import { JOBS_SCHEMA } from '../../../platform/jobs/queue/boss.js';

const INDEX = 'job_dead';

/**
 * The index for lists of failed and of cancelled jobs, which are few among those that completed. The table
 * belongs to pg-boss, and does not exist yet when the SQL files run.
 */
export const deadJobsIndex: SchemaStep = {
  async pending(execute) {
    const [row] = (await execute(
      `SELECT to_regclass('${JOBS_SCHEMA}.${INDEX}') IS NOT NULL AS present`,
    )) as { present: boolean }[];
    return row?.present === true ? [] : ['dead-jobs-index'];
  },
  async apply(execute) {
    await execute(
      `CREATE INDEX ${INDEX} ON ${JOBS_SCHEMA}.job (name, state, created_on, id)
        WHERE state IN ('failed', 'cancelled')`,
    );
  },
};
