import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { authenticateCallers, recogniseServices } from './authentication/authentication.hooks.js';
import { SessionsModule } from './sessions.module.js';
import { sessionData } from './sessions.personal-data.js';

const actions = {
  /** The caller's own account, sessions and sign-out. */
  'account:own': ['signed-in'],
  'users:sign-out': ['self', 'superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = [
  'auth.signed-in',
  'auth.signed-out',
  'auth.refresh-reused',
  'auth.session-revoked',
  'auth.sessions-revoked',
] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const sessions = defineFeature({
  name: 'sessions',
  actions,
  auditActions,
  modules: { api: [SessionsModule] },
  hooks: { 'api-keys': recogniseServices, authentication: authenticateCallers },
  personalData: sessionData,
});
