import { defineFeature } from '../declarations/feature.js';
import { IdempotencyInFlight, IdempotencyMismatch } from './idempotency.errors.js';
import { IdempotencyModule } from './idempotency.module.js';
import { idempotencyData } from './idempotency.personal-data.js';

export const idempotency = defineFeature({
  name: 'idempotency',
  about: 'Stored answers for requests with an `Idempotency-Key`.',
  modules: { api: [IdempotencyModule] },
  problems: [IdempotencyInFlight, IdempotencyMismatch],
  personalData: [idempotencyData],
});
