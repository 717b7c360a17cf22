import { Module } from '@nestjs/common';

import { HealthModule } from '../../platform/health/health.module.js';
import { JobActs } from './jobs/job-acts.js';
import { JobBatches } from './jobs/job-batches.js';
import { JobList } from './jobs/job-list.js';
import { JobsController } from './jobs/jobs.controller.js';
import { Overview } from './overview/overview.js';
import { OverviewController } from './overview/overview.controller.js';
import { Statistics } from './statistics/statistics.js';
import { StatisticsController } from './statistics/statistics.controller.js';

/** What operators look at, over HTTP. */
@Module({
  imports: [HealthModule],
  controllers: [OverviewController, StatisticsController, JobsController],
  providers: [Overview, Statistics, JobList, JobActs, JobBatches],
})
export class OperationsModule {}
