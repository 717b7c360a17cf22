import { area } from '../config/area.js';
import { section } from '../config/section.js';
import { text, timerMilliseconds } from '../config/variable-primitives.js';
import { httpBase } from '../config/urls/service-url.js';

export const paymentArea = area({
  title: 'Payments',
  variables: {
    PAYMENT_SERVICE_URL: {
      schema: httpBase('PAYMENT_SERVICE_TOKEN'),
      secret: true,
      about: 'Base of the payment service; unset: paid tiers answer 503.',
    },
    PAYMENT_SERVICE_TOKEN: {
      schema: text(4096),
      secret: true,
      about: 'Bearer token for the payment service.',
    },
    PAYMENT_TIMEOUT_MS: {
      schema: timerMilliseconds(1, 60_000),
      fallback: '4000',
      about: 'Longest wait for the payment service; after it the outcome of a charge is unknown.',
    },
  },
});

export const paymentConfig = section('payment', paymentArea, (env) => ({
  serviceUrl: env.PAYMENT_SERVICE_URL,
  token: env.PAYMENT_SERVICE_TOKEN,
  timeoutMs: env.PAYMENT_TIMEOUT_MS,
}));
