import type { EntityManager } from 'typeorm';

import type { SchemaStep } from '../../platform/database/migrations/migrator.js';
import { JOBS_SCHEMA } from '../../platform/jobs/boss.js';

const TABLE = `${JOBS_SCHEMA}.job`;
const INDEX = 'job_user';

/** Which user a job is about, or which change of their tier, in SQL over its row; as it is indexed. */
export const JOB_SUBJECT = `coalesce(data -> 'payload' ->> 'user_id', data -> 'payload' ->> 'change_id')`;

/**
 * The index by which the jobs of a user are found however many there are. The table is pg-boss's,
 * and not there yet when the SQL files run.
 */
export const userJobsIndex: SchemaStep = {
  async pending(execute) {
    const [row] = (await execute(
      `SELECT to_regclass('${JOBS_SCHEMA}.${INDEX}') IS NOT NULL AS present`,
    )) as { present: boolean }[];
    return row?.present === true ? [] : ['user-jobs-index'];
  },
  async apply(execute) {
    await execute(`CREATE INDEX ${INDEX} ON ${TABLE} ((${JOB_SUBJECT}))`);
  },
};

/** Deletes the jobs that name users, in any state: there is nobody left to do them for. */
export async function eraseJobs(manager: EntityManager, userIds: readonly string[]): Promise<void> {
  await manager.query(`DELETE FROM ${TABLE} WHERE ${JOB_SUBJECT} = ANY($1::text[])`, [userIds]);
}
