import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { SignUpModule } from './sign-up.module.js';

const actions = {
  'users:create': ['registrant', 'superuser', 'service'],
  'users:create-paid': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const signUp = defineFeature({ name: 'sign-up', actions, modules: { api: [SignUpModule] } });
