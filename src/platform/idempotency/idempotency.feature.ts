import { defineFeature } from '../declarations/feature.js';
import { IdempotencyInFlight, IdempotencyMismatch } from './idempotency.errors.js';
import { IdempotencyModule } from './idempotency.module.js';
import { idempotencyData } from './idempotency.personal-data.js';

export const idempotency = defineFeature({
  name: 'idempotency',
  modules: { api: [IdempotencyModule] },
  problems: [IdempotencyInFlight, IdempotencyMismatch],
  personalData: [idempotencyData],
});
