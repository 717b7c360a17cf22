import { defineFeature } from '../declarations/feature.js';
import { redisConfig } from './redis.config.js';
import { RedisModule } from './redis.module.js';

export const redis = defineFeature({
  name: 'redis',
  modules: { api: [RedisModule], worker: [RedisModule] },
  config: [redisConfig],
});
