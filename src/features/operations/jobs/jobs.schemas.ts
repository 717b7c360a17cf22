import { z } from 'zod';

import { cursorOf } from '../../../platform/common/cursor.js';
import { line, pageLimit, timestamp, uuid } from '../../../platform/common/primitives.js';
import { jobStates } from '../../../platform/jobs/queue/job-admin.js';

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
