import { defineFeature } from '../declarations/feature.js';
import { paymentConfig } from './payment.config.js';
import { PaymentDeclined } from './payment.errors.js';
import { PaymentsModule } from './payments.module.js';

export const payments = defineFeature({
  name: 'payments',
  about: 'The client of the payment service.',
  modules: { api: [PaymentsModule], worker: [PaymentsModule] },
  problems: [PaymentDeclined],
  config: [paymentConfig],
  logFields: {
    charge_id: 'Charge: its `Idempotency-Key` at the payment service',
  },
});
