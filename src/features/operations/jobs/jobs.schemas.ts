import { z } from 'zod';

import { cursorOf } from '../../../platform/common/cursor.js';
import { line, pageLimit, timestamp, uuid } from '../../../platform/common/primitives.js';
import { endedStates, jobStates } from '../../../platform/jobs/queue/job-admin.js';

/** When the job was created, with microseconds, and its id. */
const cursor = z.tuple([z.iso.datetime(), uuid]);

export const listJobsQuery = z.strictObject({
  limit: pageLimit,
  cursor: cursorOf(cursor).optional(),
  queue: line(1, 100).optional(),
  state: z
    .enum(jobStates, { error: `must be one of ${jobStates.join(', ')}` })
    .optional()
    .describe('`failed`: after the last attempt; `retry`: waits for its next one'),
  user_id: uuid.optional().describe('Only jobs for this user'),
});

/** Which jobs, and where the batch begins. */
const batch = {
  queue: line(1, 100)
    .optional()
    .describe('All queues by default')
    .meta({ examples: ['email'] }),
  cursor: cursorOf(cursor).optional().describe('`next_cursor` of the batch before'),
};

export const retryJobsRequest = z.strictObject(batch).meta({ id: 'RetryJobs' });

export const purgeJobsRequest = z
  .strictObject({
    state: z
      .enum(endedStates, { error: `must be one of ${endedStates.join(', ')}` })
      .meta({ examples: ['failed'] }),
    ...batch,
  })
  .meta({ id: 'PurgeJobs' });

export const jobBatch = z
  .object({
    count: z.int().describe('Jobs that this batch has changed'),
    next_cursor: z.string().nullable().describe('For the next batch; null after the last one'),
  })
  .meta({ id: 'JobBatch' });

export const jobResponse = z
  .object({
    id: z.uuid(),
    queue: z.string(),
    state: z.enum(jobStates),
    attempts: z.int(),
    created_at: timestamp,
    due_at: timestamp,
    completed_at: timestamp.nullable(),
    error: z.string().nullable().describe('Why the last attempt failed'),
    user_id: z.uuid().nullable().describe('The user it is for'),
  })
  .meta({ id: 'Job' });

export const jobPage = z
  .object({ items: z.array(jobResponse), next_cursor: z.string().nullable() })
  .meta({ id: 'JobPage' });

export type ListJobsQuery = z.infer<typeof listJobsQuery>;
export type JobResponse = z.infer<typeof jobResponse>;
export type JobPage = z.infer<typeof jobPage>;
export type RetryJobsRequest = z.infer<typeof retryJobsRequest>;
export type PurgeJobsRequest = z.infer<typeof purgeJobsRequest>;
export type JobBatch = z.infer<typeof jobBatch>;
