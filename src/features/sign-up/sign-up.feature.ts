import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { SignUpModule } from './sign-up.module.js';

const actions = {
  'users:create': ['registrant', 'superuser', 'service'],
  'users:create-paid': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = ['user.created', 'user.sign-up-repeated'] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const signUp = defineFeature({
  name: 'sign-up',
  actions,
  auditActions,
  logFields: {
    signup_source: 'Where a new user came from, reduced to the known sources',
  },
  modules: { api: [SignUpModule] },
});
