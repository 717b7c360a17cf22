import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { tierChangeJob } from './tier-change.job.js';
import { TiersHttpModule, TiersModule } from './tiers.module.js';
import { tiersData } from './tiers.personal-data.js';

const actions = {
  'users:tier': ['self', 'superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = [
  'user.tier-changed',
  'payment.requested',
  'payment.declined',
  'payment.not-charged',
  'payment.orphaned',
] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const tiers = defineFeature({
  name: 'tiers',
  about:
    'Paid tiers: the ledger of changes, their charges, and the job that asks for unknown outcomes.',
  actions,
  auditActions,
  modules: { api: [TiersHttpModule], worker: [TiersModule] },
  jobs: [tierChangeJob],
  personalData: [tiersData],
});
