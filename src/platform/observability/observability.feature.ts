import { section } from '../config/section.js';
import { defineFeature } from '../declarations/feature.js';
import { telemetryArea, telemetryConfig } from './telemetry.config.js';

export const observability = defineFeature({
  name: 'observability',
  config: [section(telemetryArea, telemetryConfig)],
});
