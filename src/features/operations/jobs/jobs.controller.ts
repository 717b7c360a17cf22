import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../../platform/common/primitives.js';
import {
  ACCEPTED,
  acceptedResponse,
  type AcceptedResponse,
} from '../../../platform/http/limits/accepted.schemas.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { JobActs } from './job-acts.js';
import { JobBatches } from './job-batches.js';
import { JobNotFound, JobStateConflict } from './job.errors.js';
import { JobList } from './job-list.js';
import {
  jobBatch,
  type JobBatch,
  jobPage,
  type JobPage,
  listJobsQuery,
  type ListJobsQuery,
  purgeJobsRequest,
  type PurgeJobsRequest,
  retryJobsRequest,
  type RetryJobsRequest,
} from './jobs.schemas.js';

@ApiTags('admin')
@Controller('admin/jobs')
export class JobsController {
  constructor(
    private readonly jobs: JobList,
    private readonly acts: JobActs,
    private readonly batches: JobBatches,
  ) {}

  @Get()
  @Route({ access: 'admin:jobs', priority: 'bulk' })
  @ApiOperation({ summary: 'List background jobs, newest first', operationId: 'listJobs' })
  @Returns({ status: 200, description: 'A page of jobs', schema: jobPage }, Forbidden)
  async list(@Query({ schema: listJobsQuery }) query: ListJobsQuery): Promise<JobPage> {
    return this.jobs.page(query);
  }

  @Post('retry')
  @Route({ access: 'admin:jobs', priority: 'bulk' })
  @ApiOperation({
    summary: 'Give failed jobs one more attempt, up to 1,000 at once',
    operationId: 'retryJobs',
  })
  @Returns({ status: 200, description: 'They are due', schema: jobBatch }, Forbidden)
  async retryBatch(
    @Body({ schema: retryJobsRequest }) request: RetryJobsRequest,
  ): Promise<JobBatch> {
    return this.batches.retry(request);
  }

  @Post('purge')
  @Route({ access: 'admin:jobs', priority: 'bulk' })
  @ApiOperation({
    summary: 'Delete jobs that have ended, up to 1,000 at once',
    operationId: 'purgeJobs',
  })
  @Returns({ status: 200, description: 'They are deleted', schema: jobBatch }, Forbidden)
  async purgeBatch(
    @Body({ schema: purgeJobsRequest }) request: PurgeJobsRequest,
  ): Promise<JobBatch> {
    return this.batches.purge(request);
  }

  @Post(':jobId/retry')
  @Route({ access: 'admin:jobs', priority: 'write' })
  @ApiOperation({ summary: 'Give a failed job one more attempt', operationId: 'retryJob' })
  @Returns(
    { status: 202, description: 'The job is due', schema: acceptedResponse },
    Forbidden,
    JobNotFound,
    JobStateConflict,
  )
  async retry(@Param('jobId', { schema: uuid }) id: string): Promise<AcceptedResponse> {
    await this.acts.retry(id);
    return ACCEPTED;
  }

  @Delete(':jobId')
  @Route({ access: 'admin:jobs', priority: 'write' })
  @ApiOperation({ summary: 'Delete a job that does not run', operationId: 'deleteJob' })
  @Returns(
    { status: 204, description: 'Deleted; what it was to do is never done' },
    Forbidden,
    JobNotFound,
    JobStateConflict,
  )
  async delete(@Param('jobId', { schema: uuid }) id: string): Promise<void> {
    await this.acts.delete(id);
  }
}
