import { registerAs } from '@nestjs/config';

import { area } from './area.js';
import { values } from './env.js';
import { text, url, whole } from './primitives.js';

const serviceUrl = url('http', 'https')
  // HTTP clients refuse such a URL, and every charge would be in doubt.
  .refine((value) => !/^https?:\/\/[^/]*@/i.test(value), {
    error: 'must not hold a user or password (see PAYMENT_SERVICE_TOKEN)',
  })
  .describe('URL (http, https)');

export const paymentArea = area({
  title: 'Payments',
  variables: {
    PAYMENT_SERVICE_URL: {
      schema: serviceUrl,
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
