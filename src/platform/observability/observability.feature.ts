import { defineFeature } from '../declarations/feature.js';
import { telemetryConfig } from './telemetry.config.js';

export const observability = defineFeature({
  name: 'observability',
  config: [telemetryConfig],
});
