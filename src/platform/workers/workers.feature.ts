import { section } from '../config/section.js';
import { defineFeature } from '../declarations/feature.js';
import { workersArea, workersConfig } from './workers.config.js';
import { WorkersModule } from './workers.module.js';

export const workers = defineFeature({
  name: 'workers',
  modules: { api: [WorkersModule], worker: [WorkersModule] },
  config: [section(workersArea, workersConfig)],
});
