import type { SchemaStep } from '../platform/declarations/schema-step.js';
import { jobSchema } from '../platform/jobs/queue/job-schema.js';
import { features } from './features.js';

/** The parts of the database schema outside of SQL files. */
export const schemaSteps: readonly SchemaStep[] = [
  jobSchema(features.flatMap(({ jobs = [] }) => jobs)),
  ...features.flatMap((feature) => feature.schemaSteps ?? []),
];
