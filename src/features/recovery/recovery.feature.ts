import { defineFeature } from '../../platform/declarations/feature.js';
import { limitsConfig } from '../../platform/http/limits/limits.config.js';
import { perWindow } from '../../platform/http/limits/rate-limit.policies.js';
import { accountMailJob } from './account-mail.js';
import { RecoveryHttpModule, RecoveryModule } from './recovery.module.js';

const auditActions = [
  'user.email-verified',
  'user.password-reset',
  'auth.verification-requested',
  'auth.password-reset-requested',
  'auth.sign-in-disowned',
  'auth.account-reclaimed',
] as const;

/**
 * Mails that strangers can trigger to one address: enough for a person, too few to flood a mailbox.
 */
const ACCOUNT_MAILS = { limit: 10, windowSeconds: 3600 };

/** `RATE_LIMIT_LOGINS=0` disables both. */
const limits = {
  // Counted separately from log-ins, so that wrong passwords do not use up resets.
  source: { tokens: () => perWindow(limitsConfig().logins) },
  account: { mails: () => (limitsConfig().logins === 0 ? perWindow(0) : ACCOUNT_MAILS) },
};

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

declare module '../../platform/declarations/rate-limits.js' {
  interface SourceLimits extends Record<keyof typeof limits.source, true> {}
  interface AccountLimits extends Record<keyof typeof limits.account, true> {}
}

export const recovery = defineFeature({
  name: 'recovery',
  about: 'Verification of addresses, forgotten passwords, and the mails for them.',
  auditActions,
  limits,
  modules: { api: [RecoveryHttpModule], worker: [RecoveryModule] },
  jobs: [accountMailJob],
});
