import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { deadJobsIndex } from './jobs/dead-jobs-index.js';
import { JobStateConflict } from './jobs/job.errors.js';
import { OperationsModule } from './operations.module.js';

const actions = {
  /** The state of the service, and its figures by day. */
  'admin:statistics': ['superuser', 'service'],
  'admin:jobs': ['superuser', 'service'],
  'admin:events': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = ['job.retried', 'job.deleted', 'jobs.retried', 'jobs.purged'] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const operations = defineFeature({
  name: 'operations',
  about: 'The state of the service, its figures by day, its jobs and its events, over HTTP.',
  actions,
  auditActions,
  problems: [JobStateConflict],
  schemaSteps: [deadJobsIndex],
  modules: { api: [OperationsModule] },
});
