import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { jobsData, userJobsIndex } from './jobs.personal-data.js';
import { PrivacyHttpModule, PrivacyModule } from './privacy.module.js';

const actions = {
  'users:export': ['self', 'superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = ['user.exported', 'user.erased'] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const privacy = defineFeature({
  name: 'privacy',
  about: 'Export of personal data; retention and erasure with `cleanup`.',
  actions,
  auditActions,
  modules: {
    api: ({ personalData }) => [PrivacyModule, PrivacyHttpModule.forRoot(personalData)],
    worker: [PrivacyModule],
  },
  schemaSteps: [userJobsIndex],
  personalData: [jobsData],
  commands: () => [import('./cleanup.command.js')],
});
