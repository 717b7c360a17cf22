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

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const sessions = defineFeature({
  name: 'sessions',
  actions,
  modules: { api: [SessionsModule] },
  hooks: { 'api-keys': recogniseServices, authentication: authenticateCallers },
  personalData: sessionData,
});
