import { defineFeature } from '../declarations/feature.js';
import {
  JobsCommand,
  JobsListCommand,
  JobsPurgeCommand,
  JobsRetryCommand,
} from './jobs.command.js';
import { jobsConfig } from './jobs.config.js';

/** `bootstrap` creates its module: only the start decides whether a process consumes jobs. */
export const jobs = defineFeature({
  name: 'jobs',
  config: [jobsConfig],
  commands: [JobsCommand, JobsListCommand, JobsRetryCommand, JobsPurgeCommand],
});
