import { defineFeature } from '../../platform/declarations/feature.js';
import { accountMailJob } from './account-mail.js';
import { RecoveryHttpModule, RecoveryModule } from './recovery.module.js';

const auditActions = [
  'user.email-verified',
  'user.password-reset',
  'auth.verification-requested',
  'auth.password-reset-requested',
] as const;

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const recovery = defineFeature({
  name: 'recovery',
  auditActions,
  modules: { api: [RecoveryHttpModule], worker: [RecoveryModule] },
  jobs: [accountMailJob],
});
