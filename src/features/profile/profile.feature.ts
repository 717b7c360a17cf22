import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { ProfileModule } from './profile.module.js';

const actions = {
  'users:delete': ['self', 'superuser', 'service'],
  'users:rename': ['self', 'superuser', 'service'],
  'users:set-email': ['self', 'superuser', 'service'],
  'users:set-password': ['self'],
  'users:set-status': ['superuser', 'service'],
  'users:set-role': ['superuser'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const profile = defineFeature({
  name: 'profile',
  actions,
  modules: { api: [ProfileModule] },
});
