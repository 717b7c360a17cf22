import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { ProfileModule } from './profile.module.js';

const actions = {
  'users:delete': ['self', 'superuser', 'service'],
  'users:rename': ['self', 'superuser', 'service'],
  'users:set-email': ['self', 'superuser', 'service'],
  'users:set-password': ['self'],
  'users:set-locale': ['self'],
  'users:set-status': ['superuser', 'service'],
  'users:set-role': ['superuser'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = [
  'user.updated',
  'user.status-changed',
  'user.role-changed',
  'user.email-changed',
  'user.password-changed',
  'user.deleted',
] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const profile = defineFeature({
  name: 'profile',
  about: 'Change and deletion of a user; the last superuser stays.',
  actions,
  auditActions,
  modules: { api: [ProfileModule] },
});
