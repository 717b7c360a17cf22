import { defineFeature } from '../features/feature.js';
import { IdempotencyModule } from './idempotency.module.js';

export const idempotency = defineFeature({
  name: 'idempotency',
  modules: { api: [IdempotencyModule] },
});
