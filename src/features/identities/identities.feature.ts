import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { identitiesConfig } from './identities.config.js';
import { IdentitiesHttpModule } from './identities.module.js';
import { identitiesData } from './identities.personal-data.js';
import {
  EmailRequired,
  IdentityTaken,
  IdentityUnlinked,
  RegistrationClosed,
} from './identity.errors.js';

const actions = {
  'identities:read': ['self', 'superuser'],
  'identities:remove': ['self', 'superuser'],
  'identities:add': ['self'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = ['auth.identity-added', 'auth.identity-removed'] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const identities = defineFeature({
  name: 'identities',
  about: 'Sign-in through OpenID providers, and the identities of users there.',
  actions,
  auditActions,
  problems: [IdentityUnlinked, IdentityTaken, EmailRequired, RegistrationClosed],
  logFields: { provider: 'Id of an identity provider' },
  config: [identitiesConfig],
  modules: { api: [IdentitiesHttpModule] },
  personalData: identitiesData,
});
