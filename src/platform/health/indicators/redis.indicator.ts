import { Injectable } from '@nestjs/common';
import { type HealthCheckAttempt, HealthIndicatorService } from '@nestjs/terminus';

import { RedisConnection } from '../../redis/redis-connection.js';
import { boundedCheck } from './bounded-check.js';

/** Whether Redis answers. It is up where none is configured. */
@Injectable()
export class RedisIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly redis: RedisConnection,
  ) {}

  check(): HealthCheckAttempt<'redis'> {
    return boundedCheck(this.indicators, 'redis', async () => {
      if (!(await this.redis.isUp())) throw new Error('down');
      return { configured: this.redis.client !== undefined };
    });
  }
}
