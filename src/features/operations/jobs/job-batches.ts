import { Injectable } from '@nestjs/common';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import { JOBS_SCHEMA } from '../../../platform/jobs/queue/boss.js';
import { type EndedState, JobAdmin } from '../../../platform/jobs/queue/job-admin.js';
import { JobList } from './job-list.js';
import type { JobBatch, PurgeJobsRequest, RetryJobsRequest } from './jobs.schemas.js';

/** Jobs of one commit: well within the time limit of a statement. */
const BATCH = 1000;

/** Those of the batch that are still in the state: others may change them as well. */
const LOCK = `
  SELECT job.name AS queue, array_agg(job.id) AS ids
    FROM (SELECT name, id FROM ${JOBS_SCHEMA}.job
           WHERE name = ANY($1::text[]) AND id = ANY($2::uuid[]) AND state = $3 ORDER BY id FOR UPDATE) AS job
   GROUP BY job.name`;
const DELETE = `DELETE FROM ${JOBS_SCHEMA}.job WHERE name = $1 AND id = ANY($2::uuid[])`;

/**
 * What operators do with many jobs: a page of the list in one commit with its record. The cursor goes on to older
 * jobs, so that a job which fails again meanwhile is not met twice, and a walk ends.
 */
@Injectable()
export class JobBatches {
  constructor(
    private readonly database: Database,
    private readonly list: JobList,
    private readonly jobs: JobAdmin,
    private readonly audit: AuditLog,
  ) {}

  /** Gives failed jobs one more attempt, at once. */
  async retry(request: RetryJobsRequest): Promise<JobBatch> {
    return this.changeAll('jobs.retried', { ...request, state: 'failed' }, (queue, ids) =>
      this.jobs.retryThese(queue, ids),
    );
  }

  /** Deletes jobs that have ended. The work of failed and cancelled ones is lost. */
  async purge(request: PurgeJobsRequest): Promise<JobBatch> {
    return this.changeAll('jobs.purged', request, (queue, ids) =>
      this.database.current.query(DELETE, [queue, ids]),
    );
  }

  private async changeAll(
    action: 'jobs.retried' | 'jobs.purged',
    { state, queue, cursor }: RetryJobsRequest & { state: EndedState },
    change: (queue: string, ids: string[]) => Promise<unknown>,
  ): Promise<JobBatch> {
    const page = await this.list.page({ limit: BATCH, state, queue, cursor, user_id: undefined });
    const queues = [...new Set(page.items.map((job) => job.queue))];
    const ids = page.items.map(({ id }) => id);
    const count = await this.database.transaction(async (manager) => {
      const locked = await manager.query<{ queue: string; ids: string[] }[]>(LOCK, [
        queues,
        ids,
        state,
      ]);
      for (const jobs of locked) await change(jobs.queue, jobs.ids);
      const changed = locked.flatMap((jobs) => jobs.ids).length;
      const details = { state, ...(queue !== undefined && { queue }), count: changed };
      if (changed > 0) await this.database.commit(this.audit.insertion({ action, details }));
      return changed;
    });
    return { count, next_cursor: page.next_cursor };
  }
}
