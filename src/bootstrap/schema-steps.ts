import type { SchemaStep } from '../platform/database/migrations/migrator.js';
import { mailJob } from '../platform/mail/mail-queue.js';
import { jobSchema } from '../platform/jobs/job-schema.js';
import { accountMailJob } from '../features/recovery/account-mail.js';
import { tierChangeJob } from '../features/tiers/tier-change.job.js';
import { userJobsIndex } from '../features/privacy/user-jobs.js';

/** The parts of the database schema that stand in no SQL file. */
export const schemaSteps: readonly SchemaStep[] = [
  jobSchema([mailJob, accountMailJob, tierChangeJob]),
  userJobsIndex,
];
