import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { apiKeyData } from './api-keys.personal-data.js';
import { ApiKeysHttpModule } from './api-keys.module.js';
import { recogniseApiKeys } from './authentication/api-key.hooks.js';

const actions = {
  'admin:api-keys': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = [
  'api-key.created',
  'api-key.updated',
  'api-key.rotated',
  'api-key.revoked',
] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const apiKeys = defineFeature({
  name: 'api-keys',
  about:
    'Keys of other services, with scopes: their making, rotation and revocation, and authentication by them.',
  actions,
  auditActions,
  modules: { api: ({ scopes }) => [ApiKeysHttpModule.forRoot(scopes)] },
  hooks: { 'api-keys': recogniseApiKeys },
  personalData: apiKeyData,
  commands: () => [import('./api-keys.command.js')],
});
