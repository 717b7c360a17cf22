import { Injectable } from '@nestjs/common';

import { pageOf } from '../../../platform/common/cursor.js';
import { Database } from '../../../platform/database/database.js';
import { JOBS_SCHEMA } from '../../../platform/jobs/queue/boss.js';
import { JOBS_OF_USER } from '../../privacy/jobs.personal-data.js';
import type { JobPage, JobResponse, ListJobsQuery } from './jobs.schemas.js';

interface JobRow extends Omit<JobResponse, 'created_at' | 'due_at' | 'completed_at'> {
  /** With microseconds, for the cursor. */
  readonly created_key: string;
  readonly created_at: Date;
  readonly due_at: Date;
  readonly completed_at: Date | null;
}

/** An allow-list: of the payload only the user, since ids of tokens lead to tokens. */
const COLUMNS = `
  job.id, job.name AS queue, job.state, job.created_on AS created_at, job.start_after AS due_at,
  job.completed_on AS completed_at, job.output ->> 'message' AS error,
  job.data -> 'payload' ->> 'user_id' AS user_id,
  job.retry_count + CASE WHEN job.state IN ('created', 'cancelled') THEN 0 ELSE 1 END AS attempts,
  to_char(job.created_on AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_key`;

/** The state is of its own type: a conversion would hide from the planner which indexes by state serve. */
const FILTERS = `
  ($2::${JOBS_SCHEMA}.job_state IS NULL OR job.state = $2)
  AND ($3::timestamptz IS NULL OR (job.created_on, job.id) < ($3, $4::uuid))`;

const ORDER = `ORDER BY job.created_on DESC, job.id DESC LIMIT $5`;

/** The newest of each queue by its index, then the newest of these: no page reads more than one page of each queue. */
const BY_QUEUE = `
  SELECT ${COLUMNS}
    FROM ${JOBS_SCHEMA}.queue
   CROSS JOIN LATERAL (
     SELECT * FROM ${JOBS_SCHEMA}.job WHERE job.name = queue.name AND ${FILTERS} ${ORDER}) AS job
   WHERE $1::text IS NULL OR queue.name = $1 ${ORDER}`;

/** A user has few jobs. */
const OF_USER = `
  SELECT ${COLUMNS} FROM ${JOBS_SCHEMA}.job
   WHERE ${JOBS_OF_USER} AND ($6::text IS NULL OR job.name = $6) AND ${FILTERS} ${ORDER}`;

/** Pages of jobs by keyset, newest first. */
@Injectable()
export class JobList {
  constructor(private readonly database: Database) {}

  async page({ limit, cursor, queue, state, user_id: userId }: ListJobsQuery): Promise<JobPage> {
    const [at, id] = cursor ?? [null, null];
    const common = [state ?? null, at, id, limit + 1];
    const rows =
      userId === undefined
        ? await this.query(BY_QUEUE, [queue ?? null, ...common])
        : await this.query(OF_USER, [userId, ...common, queue ?? null]);
    return pageOf(rows, limit, toJobResponse, (row) => [row.created_key, row.id]);
  }

  private async query(sql: string, values: unknown[]): Promise<JobRow[]> {
    return this.database.read((manager) => manager.query<JobRow[]>(sql, values));
  }
}

function toJobResponse(row: JobRow): JobResponse {
  return {
    id: row.id,
    queue: row.queue,
    state: row.state,
    attempts: row.attempts,
    error: row.error,
    user_id: row.user_id,
    created_at: row.created_at.toISOString(),
    due_at: row.due_at.toISOString(),
    completed_at: row.completed_at?.toISOString() ?? null,
  };
}
