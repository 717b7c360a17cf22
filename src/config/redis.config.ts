import { registerAs } from '@nestjs/config';

import { area } from './area.js';
import { values } from './env.js';
import { whole } from './primitives.js';
import { redisUrl } from './service-url.js';

export const redisArea = area({
  title: 'Redis',
  variables: {
    REDIS_URL: {
      schema: redisUrl,
      secret: true,
      about: 'Shared limits and caches; unset: in-process stores, said once in the log.',
    },
    REDIS_MAX_CONNECTIONS: {
      schema: whole(1, 1000),
      fallback: '20',
      about:
        'Most connections to Redis from one process. Commands of a process share one, so that every value is kept.',
    },
  },
});

export const redisConfig = registerAs('redis', () => ({ url: values(redisArea).REDIS_URL }));
