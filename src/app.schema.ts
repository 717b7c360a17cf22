import type { SchemaStep } from './database/migrator.js';
import { mailJob } from './email/mail-queue.js';
import { jobSchema } from './jobs/job-schema.js';
import { accountMailJob } from './users/account-mail.js';
import { tierChangeJob } from './users/tiers/tier-change.job.js';
import { userJobsIndex } from './users/user-jobs.js';

/** The parts of the database schema that stand in no SQL file. */
export const schemaSteps: readonly SchemaStep[] = [
  jobSchema([mailJob, accountMailJob, tierChangeJob]),
  userJobsIndex,
];
