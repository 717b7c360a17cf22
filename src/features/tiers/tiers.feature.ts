import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { tierChangeJob } from './tier-change.job.js';
import { TiersHttpModule, TiersModule } from './tiers.module.js';
import { tiersData } from './tiers.personal-data.js';

const actions = {
  'users:tier': ['self', 'superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const tiers = defineFeature({
  name: 'tiers',
  actions,
  modules: { api: [TiersHttpModule], worker: [TiersModule] },
  jobs: [tierChangeJob],
  personalData: [tiersData],
});
