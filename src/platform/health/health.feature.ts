import { defineFeature } from '../declarations/feature.js';
import { healthConfig } from './health.config.js';
import { HealthModule } from './health.module.js';

export const health = defineFeature({
  name: 'health',
  modules: { api: [HealthModule], worker: [HealthModule] },
  config: [healthConfig],
});
