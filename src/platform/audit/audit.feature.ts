import type { Grantee } from '../declarations/access.js';
import { defineFeature } from '../declarations/feature.js';
import { AuditHttpModule } from './audit.module.js';
import { auditData } from './audit.personal-data.js';

const actions = {
  'admin:audit': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const audit = defineFeature({
  name: 'audit',
  about: 'The audit log and its route.',
  actions,
  modules: { api: ({ auditActions }) => [AuditHttpModule.forRoot(auditActions)] },
  personalData: [auditData],
});
