import { defineFeature } from '../declarations/feature.js';
import { jobsConfig } from './jobs.config.js';

/** `bootstrap` creates its module: only the start decides whether a process consumes jobs. */
export const jobs = defineFeature({
  name: 'jobs',
  about: 'Background jobs on pg-boss, and the commands for them.',
  config: [jobsConfig],
  logFields: {
    job_id: 'Job',
    queue: 'Queue of the job',
    attempt: 'Attempt number of the job, from 1',
  },
  commands: () => [import('./jobs.command.js')],
});
