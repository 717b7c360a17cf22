import { Injectable } from '@nestjs/common';
import { type HealthCheckAttempt, HealthIndicatorService } from '@nestjs/terminus';

import { boundedCheck } from './bounded-check.js';
import { DatabaseCheck } from './database-check.js';

/** Whether the database answers, and in which condition it is. */
@Injectable()
export class DatabaseIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly database: DatabaseCheck,
  ) {}

  check(): HealthCheckAttempt<'database'> {
    return boundedCheck(this.indicators, 'database', async (signal) => ({
      ...(await this.database.condition(signal)),
    }));
  }
}
