import { Injectable } from '@nestjs/common';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import { JOBS_SCHEMA } from '../../../platform/jobs/queue/boss.js';
import { JobAdmin } from '../../../platform/jobs/queue/job-admin.js';
import { JobNotFound, JobStateConflict } from './job.errors.js';

/** A job is found by its key, which begins with the queue: there are few queues. */
const FIND = `
  SELECT job.name AS queue FROM ${JOBS_SCHEMA}.queue
    JOIN ${JOBS_SCHEMA}.job ON job.name = queue.name WHERE job.id = $1`;

const DELETE = `
  DELETE FROM ${JOBS_SCHEMA}.job USING ${JOBS_SCHEMA}.queue
   WHERE job.name = queue.name AND job.id = $1 AND job.state <> 'active'`;

/** What operators do with single jobs. Each act is audited. */
@Injectable()
export class JobActs {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobAdmin,
    private readonly audit: AuditLog,
  ) {}

  /** Gives a failed job one more attempt, at once. @throws JobNotFound, JobStateConflict */
  async retry(id: string): Promise<void> {
    const queue = await this.queueOf(id);
    if ((await this.jobs.retry({ queue, id })) === 0) throw new JobStateConflict();
    await this.database.commit(
      this.audit.insertion({ action: 'job.retried', details: { job: id, queue } }),
    );
  }

  /** Deletes a job that does not run. Its work is lost. @throws JobNotFound, JobStateConflict */
  async delete(id: string): Promise<void> {
    const queue = await this.queueOf(id);
    await this.database.transaction(async (manager) => {
      const [, deleted] = await manager.query<[unknown, number]>(DELETE, [id]);
      if (deleted === 0) throw new JobStateConflict();
      await this.database.commit(
        this.audit.insertion({ action: 'job.deleted', details: { job: id, queue } }),
      );
    });
  }

  private async queueOf(id: string): Promise<string> {
    const [job] = await this.database.read((manager) =>
      manager.query<{ queue: string }[]>(FIND, [id]),
    );
    if (job === undefined) throw new JobNotFound();
    return job.queue;
  }
}
