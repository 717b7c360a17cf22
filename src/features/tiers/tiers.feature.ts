import { defineFeature } from '../../platform/features/feature.js';
import { tierChangeJob } from './tier-change.job.js';
import { TiersHttpModule, TiersModule } from './tiers.module.js';
import { tiersData } from './tiers.personal-data.js';

export const tiers = defineFeature({
  name: 'tiers',
  modules: { api: [TiersHttpModule], worker: [TiersModule] },
  jobs: [tierChangeJob],
  personalData: [tiersData],
});
