import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { EmailUnverified } from './factor.errors.js';
import { factorEvents } from './factor-event.definitions.js';
import { FactorsHttpModule } from './factors.module.js';
import { factorsData } from './factors.personal-data.js';
import { passkeysConfig } from './passkeys/passkeys.config.js';
import { factorSecret } from './factors.repository.js';

const actions = {
  'factors:read': ['self', 'superuser'],
  'factors:remove': ['self', 'superuser'],
  'factors:add': ['self'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = [
  'auth.factor-added',
  'auth.factor-removed',
  'auth.recovery-codes-renewed',
  'auth.recovery-code-used',
  'auth.factors-reset',
  'auth.passkey-cloned',
] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const factors = defineFeature({
  name: 'factors',
  about: 'Second factors: authenticator apps, passkeys, recovery codes, their checks.',
  actions,
  auditActions,
  events: factorEvents,
  config: [passkeysConfig],
  problems: [EmailUnverified],
  modules: { api: [FactorsHttpModule] },
  personalData: factorsData,
  secretColumns: [factorSecret],
  commands: () => [import('./users-reset-factors.command.js')],
});
