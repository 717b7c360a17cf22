import { Global, Module } from '@nestjs/common';

import { RedisConnection } from './redis-connection.js';
import { SharedCounters } from './shared-counters.js';

/** The optional Redis: shared limits and caches; without it stores are in process. */
@Global()
@Module({
  providers: [RedisConnection, SharedCounters],
  exports: [RedisConnection, SharedCounters],
})
export class RedisModule {}
