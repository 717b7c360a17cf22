import { Module } from '@nestjs/common';

import { EventsModule } from '../../platform/events/events.module.js';
import { HealthModule } from '../../platform/health/health.module.js';
import { EventList } from './events/event-list.js';
import { EventsController } from './events/events.controller.js';
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
  imports: [HealthModule, EventsModule],
  controllers: [OverviewController, StatisticsController, JobsController, EventsController],
  providers: [Overview, Statistics, JobList, JobActs, JobBatches, EventList],
})
export class OperationsModule {}
