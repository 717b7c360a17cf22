import { defineFeature } from '../declarations/feature.js';
import { workersConfig } from './workers.config.js';
import { WorkersModule } from './workers.module.js';

export const workers = defineFeature({
  name: 'workers',
  modules: { api: [WorkersModule], worker: [WorkersModule] },
  config: [workersConfig],
  logFields: {
    task: 'CPU task',
  },
});
