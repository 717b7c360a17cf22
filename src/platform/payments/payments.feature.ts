import { section } from '../config/section.js';
import { defineFeature } from '../declarations/feature.js';
import { paymentArea, paymentConfig } from './payment.config.js';
import { PaymentsModule } from './payments.module.js';

export const payments = defineFeature({
  name: 'payments',
  modules: { api: [PaymentsModule], worker: [PaymentsModule] },
  config: [section(paymentArea, paymentConfig)],
});
