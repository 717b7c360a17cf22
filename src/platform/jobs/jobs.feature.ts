import { defineFeature } from '../declarations/feature.js';
import {
  JobsCommand,
  JobsListCommand,
  JobsPurgeCommand,
  JobsRetryCommand,
} from './jobs.command.js';
import { jobsConfig } from './jobs.config.js';

/** Its module is made by `bootstrap`: whether a process does jobs is known only when it starts. */
export const jobs = defineFeature({
  name: 'jobs',
  config: [jobsConfig],
  commands: [JobsCommand, JobsListCommand, JobsRetryCommand, JobsPurgeCommand],
});
