import { Global, Module } from '@nestjs/common';

import { RedisConnection } from './redis-connection.js';

/** The optional Redis: shared limits and caches; without it stores are in process. */
@Global()
@Module({ providers: [RedisConnection], exports: [RedisConnection] })
export class RedisModule {}
