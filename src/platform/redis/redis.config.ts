import { area } from '../config/area.js';
import { section } from '../config/section.js';
import { certificates } from '../config/pem.js';
import { whole } from '../config/variable-primitives.js';
import { redisUrl } from '../config/urls/service-url.js';

export const redisArea = area({
  title: 'Redis',
  variables: {
    REDIS_URL: {
      schema: redisUrl,
      secret: true,
      about: 'Shared limits and caches; unset: in-process stores, logged once.',
    },
    REDIS_CA: {
      schema: certificates,
      mountable: true,
      fallbackText: 'the authorities that Node knows',
      about: 'Certificates (PEM) of the authorities that sign the certificate of a `rediss:` URL.',
    },
    REDIS_MAX_CONNECTIONS: {
      schema: whole(1, 1000),
      fallback: '20',
      about:
        'Most connections to Redis from one process. Commands of a process share one, so that every value is kept.',
    },
  },
  rules: [
    {
      variable: 'REDIS_CA',
      check: ({ REDIS_CA, REDIS_URL }) =>
        REDIS_CA === undefined || REDIS_URL?.startsWith('rediss:') === true
          ? undefined
          : 'has no effect without a REDIS_URL that starts with rediss:',
    },
  ],
});

export const redisConfig = section('redis', redisArea, (env) => ({
  url: env.REDIS_URL,
  ca: env.REDIS_CA,
}));
