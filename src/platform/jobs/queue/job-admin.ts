import { Inject, Injectable } from '@nestjs/common';
import type { PgBoss } from 'pg-boss';

import { Database } from '../../database/database.js';
import { runIn } from '../../database/transactions/prepared.js';
import { JOBS_SCHEMA, runningBy } from './boss.js';
import { BOSS } from './job-queue.js';

/** pg-boss's states; `failed` is a dead letter, `retry` waits for its next attempt. */
export const jobStates = [
  'created',
  'retry',
  'active',
  'completed',
  'cancelled',
  'failed',
] as const;
export type JobState = (typeof jobStates)[number];

/** States that a job does not leave by itself. */
export const endedStates = ['failed', 'cancelled', 'completed'] as const satisfies JobState[];
export type EndedState = (typeof endedStates)[number];

/** A job as operators see it. */
export interface JobSummary {
  readonly id: string;
  readonly queue: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly created_at: Date;
  readonly due_at: Date;
  readonly completed_at: Date | null;
  /** Why the last attempt failed. */
  readonly error: string | null;
}

export interface QueueBacklog {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

/** Implements `jobs list|retry|purge`. */
@Injectable()
export class JobAdmin {
  constructor(
    private readonly database: Database,
    @Inject(BOSS) private readonly boss: PgBoss,
  ) {}

  /** The newest jobs that match, at most `limit`. */
  async list(
    { queue, state }: { queue?: string | undefined; state?: JobState | undefined },
    limit: number,
  ): Promise<JobSummary[]> {
    return this.database.read((manager) =>
      manager.query<JobSummary[]>(
        `SELECT id, name AS queue, state,
                retry_count + CASE WHEN state IN ('created', 'cancelled') THEN 0 ELSE 1 END AS attempts,
                created_on AS created_at, start_after AS due_at, completed_on AS completed_at,
                output ->> 'message' AS error
           FROM ${JOBS_SCHEMA}.job
          WHERE ($1::text IS NULL OR name = $1) AND ($2::${JOBS_SCHEMA}.job_state IS NULL OR state = $2)
          ORDER BY created_on DESC, id
          LIMIT $3`,
        [queue ?? null, state ?? null, limit],
      ),
    );
  }

  /** Jobs of each queue that wait, run, or failed for good: completed ones are not read. */
  async backlog(): Promise<QueueBacklog[]> {
    return this.database.read((manager) =>
      manager.query(
        `SELECT queue.name AS queue,
                count(*) FILTER (WHERE job.state < 'active')::int AS waiting,
                count(*) FILTER (WHERE job.state = 'active')::int AS active,
                count(*) FILTER (WHERE job.state = 'failed')::int AS failed
           FROM ${JOBS_SCHEMA}.queue
           LEFT JOIN ${JOBS_SCHEMA}.job ON job.name = queue.name
            AND job.state IN ('created', 'retry', 'active', 'failed')
          WHERE queue.name NOT LIKE '\\_\\_%'
          GROUP BY queue.name ORDER BY queue.name`,
      ),
    );
  }

  /** Number of jobs per queue and state. */
  async depths(): Promise<{ queue: string; state: JobState; count: number }[]> {
    return this.database.read((manager) =>
      manager.query(
        `SELECT name AS queue, state, count(*)::int AS count FROM ${JOBS_SCHEMA}.job
          GROUP BY name, state ORDER BY name, state`,
      ),
    );
  }

  /**
   * Gives dead letters one more attempt: the one with the given id, or all of a queue, or all.
   * @returns how many.
   */
  async retry({ queue, id }: { queue?: string; id?: string }): Promise<number> {
    const failed = await this.database.read((manager) =>
      manager.query<{ queue: string; ids: string[] }[]>(
        `SELECT name AS queue, array_agg(id) AS ids FROM ${JOBS_SCHEMA}.job
          WHERE state = 'failed' AND ($1::text IS NULL OR name = $1) AND ($2::uuid IS NULL OR id = $2)
          GROUP BY name`,
        [queue ?? null, id ?? null],
      ),
    );
    let count = 0;
    for (const { queue: name, ids } of failed) {
      await this.boss.retry(name, ids);
      count += ids.length;
    }
    return count;
  }

  /** Gives dead letters of a queue one more attempt. Within a transaction. */
  async retryThese(queue: string, ids: string[]): Promise<void> {
    await this.boss.retry(queue, ids, { db: runningBy(runIn(this.database.current)) });
  }

  /** Deletes ended jobs of a state that completed more than `days` ago. @returns how many. */
  async purge(state: EndedState, days: number): Promise<number> {
    const [{ count } = { count: 0 }] = await this.database.transaction((manager) =>
      manager.query<{ count: number }[]>(
        `WITH gone AS (
           DELETE FROM ${JOBS_SCHEMA}.job
            WHERE state = $1::${JOBS_SCHEMA}.job_state AND completed_on < now() - make_interval(days => $2) RETURNING 1)
         SELECT count(*)::int AS count FROM gone`,
        [state, days],
      ),
    );
    return count;
  }
}
