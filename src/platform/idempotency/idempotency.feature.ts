import { defineFeature } from '../declarations/feature.js';
import { IdempotencyModule } from './idempotency.module.js';
import { idempotencyData } from './idempotency.personal-data.js';

export const idempotency = defineFeature({
  name: 'idempotency',
  modules: { api: [IdempotencyModule] },
  personalData: [idempotencyData],
});
