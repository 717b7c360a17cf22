import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { limitsConfig } from '../../platform/http/limits/limits.config.js';
import { perWindow } from '../../platform/http/limits/rate-limit.policies.js';
import { authenticateCallers } from './authentication/authentication.hooks.js';
import { SessionsModule } from './sessions.module.js';
import { sessionData } from './sessions.personal-data.js';
import { FactorRequired } from './sign-in/sign-in.errors.js';

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
  'auth.stepped-up',
  'auth.step-up-refused',
  'auth.factor-refused',
  'auth.passkey-refused',
] as const;

/**
 * Log-ins have no limit per account, only per source: an attacker could use up an account limit and
 * lock the owner out. The lockout counts by account and recognises the owner's devices.
 * `/auth/refresh` falls under the general limit: its tokens cannot be guessed, and whole offices
 * share an address.
 */
const limits = {
  source: {
    logins: () => perWindow(limitsConfig().logins),
    // Counted separately from log-ins: the sign-in page asks for one each time a browser shows it.
    challenges: () => perWindow(limitsConfig().logins),
  },
};

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

declare module '../../platform/declarations/rate-limits.js' {
  interface SourceLimits extends Record<keyof typeof limits.source, true> {}
}

export const sessions = defineFeature({
  name: 'sessions',
  about: 'Sign-in, access and refresh tokens, device tokens, authentication of requests.',
  actions,
  auditActions,
  limits,
  problems: [FactorRequired],
  modules: { api: [SessionsModule] },
  hooks: { authentication: authenticateCallers },
  personalData: sessionData,
});
