import { Global, Module } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { REDIS_PACKAGE, RedisConnection, type RedisPackage } from './redis-connection.js';
import { redisConfig } from './redis.config.js';
import { SharedCounters } from './shared-counters.js';

/** The optional Redis: shared limits and caches; without it stores are in process. */
@Global()
@Module({
  providers: [
    { provide: REDIS_PACKAGE, inject: [redisConfig.KEY], useFactory: packageIfUsed },
    RedisConnection,
    SharedCounters,
  ],
  exports: [RedisConnection, SharedCounters],
})
export class RedisModule {}

async function packageIfUsed({
  url,
}: ConfigType<typeof redisConfig>): Promise<RedisPackage | undefined> {
  return url === undefined ? undefined : import('@redis/client');
}
