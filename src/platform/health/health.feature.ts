import { defineFeature } from '../declarations/feature.js';
import { healthConfig } from './health.config.js';
import { HealthModule } from './health.module.js';

export const health = defineFeature({
  name: 'health',
  about: 'Liveness and readiness.',
  modules: { api: [HealthModule], worker: [HealthModule] },
  config: [healthConfig],
});
