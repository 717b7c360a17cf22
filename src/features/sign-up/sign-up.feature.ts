import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { limitsConfig } from '../../platform/http/limits/limits.config.js';
import { perWindow } from '../../platform/http/limits/rate-limit.policies.js';
import { SignUpModule } from './sign-up.module.js';

const actions = {
  'users:create': ['registrant', 'superuser', 'service'],
  'users:create-paid': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = ['user.created', 'user.sign-up-repeated'] as const;

const limits = { source: { signups: () => perWindow(limitsConfig().signups) } };

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

declare module '../../platform/declarations/rate-limits.js' {
  interface SourceLimits extends Record<keyof typeof limits.source, true> {}
}

export const signUp = defineFeature({
  name: 'sign-up',
  about: 'Creation of users, with a mode that does not disclose who has an account.',
  actions,
  auditActions,
  limits,
  logFields: {
    signup_source: 'Where a new user came from, reduced to the known sources',
  },
  modules: { api: [SignUpModule] },
});
