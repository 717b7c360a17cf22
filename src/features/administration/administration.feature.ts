import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { AdministrationHttpModule } from './administration.module.js';

const actions = {
  'admin:log-level': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = ['log-level.changed', 'log-level.returned'] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const administration = defineFeature({
  name: 'administration',
  about: 'Superusers, the log level, business figures.',
  actions,
  auditActions,
  modules: { api: [AdministrationHttpModule] },
  commands: () => [import('./create-superuser.command.js'), import('./export-metrics.command.js')],
});
