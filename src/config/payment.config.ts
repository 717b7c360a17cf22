import { registerAs } from '@nestjs/config';

import { area } from './area.js';
import { values } from './env.js';
import { text, url, whole } from './primitives.js';

export const paymentArea = area({
  title: 'Payments',
  variables: {
    PAYMENT_SERVICE_URL: {
      schema: url('http', 'https'),
      secret: true,
      about: 'Base of the payment service; unset: paid tiers answer 503.',
    },
    PAYMENT_SERVICE_TOKEN: {
      schema: text(4096),
      secret: true,
      about: 'Bearer token for the payment service.',
    },
    PAYMENT_TIMEOUT_MS: {
      schema: whole(1, 60_000),
      fallback: '4000',
      about: 'Longest wait for the payment service; after it the outcome of a charge is unknown.',
    },
  },
});

export const paymentConfig = registerAs('payment', () => {
  const env = values(paymentArea);
  return {
    serviceUrl: env.PAYMENT_SERVICE_URL?.replace(/\/+$/, ''),
    token: env.PAYMENT_SERVICE_TOKEN,
    timeoutMs: env.PAYMENT_TIMEOUT_MS,
  };
});
