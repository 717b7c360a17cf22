import { jobsIndex } from '../../../platform/jobs/queue/jobs-index.js';

/** For lists of failed and of cancelled jobs, which are few among those that completed. */
export const deadJobsIndex = jobsIndex(
  'dead-jobs-index',
  'job_dead',
  `(name, state, created_on, id) WHERE state IN ('failed', 'cancelled')`,
);
