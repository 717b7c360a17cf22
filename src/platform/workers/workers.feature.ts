import { defineFeature } from '../declarations/feature.js';
import { workersConfig } from './workers.config.js';
import { WorkersModule } from './workers.module.js';

export const workers = defineFeature({
  name: 'workers',
  about: 'Threads for CPU work, slots for outbound calls.',
  modules: { api: [WorkersModule], worker: [WorkersModule] },
  config: [workersConfig],
  logFields: {
    task: 'CPU task',
  },
});
