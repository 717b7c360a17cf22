import { defineFeature } from '../../platform/declarations/feature.js';
import { bulkTasks } from './bulk-tasks.js';

const auditActions = ['users.exported'] as const;

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const bulk = defineFeature({
  name: 'bulk',
  about: 'Import and export of users, on worker threads.',
  auditActions,
  threadTasks: Object.values(bulkTasks),
  commands: () => [
    import('./users.command.js'),
    import('./users-import.command.js'),
    import('./users-export.command.js'),
  ],
});
