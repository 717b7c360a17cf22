import { defineFeature } from '../declarations/feature.js';
import { redisConfig } from './redis.config.js';
import { RedisModule } from './redis.module.js';

export const redis = defineFeature({
  name: 'redis',
  about: 'The client of Redis and counters that replicas share.',
  modules: { api: [RedisModule], worker: [RedisModule] },
  config: [redisConfig],
});
