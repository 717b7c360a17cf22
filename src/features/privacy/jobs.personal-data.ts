import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { isoTime } from '../../platform/database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';
import { JOBS_SCHEMA } from '../../platform/jobs/queue/boss.js';
import { jobsIndex } from '../../platform/jobs/queue/jobs-index.js';
import { jobStates } from '../../platform/jobs/queue/job-admin.js';
import { invitationJobs } from '../invitations/invitations.personal-data.js';
import { tierChangeJobs } from '../tiers/tiers.personal-data.js';

const TABLE = `${JOBS_SCHEMA}.job`;

/** Jobs that are found by something else than the id of their user. */
const byOtherIds = [tierChangeJobs, invitationJobs];

/** Fields of payloads that lead to a user. */
export const userFields = ['user_id', ...byOtherIds.map(({ field }) => field)];

/** SQL for what a job row is about; the index uses the same expression. */
const JOB_SUBJECT = `coalesce(${userFields.map((field) => `data -> 'payload' ->> '${field}'`).join(', ')})`;
const OF_USER = [...byOtherIds.map(({ ids }) => `ARRAY(${ids})`), '$1::text'].join(' || ');

/** SQL condition for the jobs of user `$1`, by the index. */
export const JOBS_OF_USER = `${JOB_SUBJECT} = ANY(${OF_USER})`;

/**
 * For the jobs of a user. The previous release has `job_user`, and is not ready without it; the next release removes that.
 */
export const userJobsIndex = jobsIndex('user-jobs-index', 'job_subject', `((${JOB_SUBJECT}))`);

const job = z.object({
  id: z.uuid(),
  queue: z.string().describe('What it does'),
  state: z.enum(jobStates).describe('`failed` after the last attempt'),
  retry_count: z.int(),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  completed_at: timestamp.nullable(),
  payload: z.record(z.string(), z.unknown()).nullable().describe('What it was given'),
});

/** Jobs of all features have the same user key, so that one statement finds them. */
export const jobsData: PersonalData = {
  table: TABLE,
  place: 8,
  export: {
    key: 'jobs',
    schema: z.array(job).describe('Background work for this user: waiting, under way, and ended'),
    // Without ids of tokens, since tokens are derived from them.
    sql: `SELECT id, name AS queue, state, retry_count,
       ${isoTime('created_on')} AS created_at, ${isoTime('started_on')} AS started_at,
       ${isoTime('completed_on')} AS completed_at,
       (data -> 'payload') - 'user_id' - 'token_id' AS payload
  FROM ${TABLE}
 WHERE ${JOBS_OF_USER}
 ORDER BY created_on, id`,
  },
  // In any state, since the user is gone.
  erasure: { sql: `DELETE FROM ${TABLE} WHERE ${JOB_SUBJECT} = ANY($1::text[])` },
  retention: {
    kind: 'jobs',
    key: 'id',
    over: `state IN ('completed', 'cancelled', 'failed') AND ${olderThanDays('completed_on')}`,
  },
};
