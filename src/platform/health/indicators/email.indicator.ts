import { Injectable } from '@nestjs/common';
import { type HealthCheckAttempt, HealthIndicatorService } from '@nestjs/terminus';

import { GuardedMailTransport } from '../../mail/transports/guarded-mail-transport.js';
import { boundedCheck } from './bounded-check.js';

/** Whether the mail service answers. It is up where none is configured. */
@Injectable()
export class EmailIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly mail: GuardedMailTransport,
  ) {}

  check(): HealthCheckAttempt<'email'> {
    return boundedCheck(this.indicators, 'email', async (signal) => {
      if (!(await this.mail.isUp(signal))) throw new Error('down');
      return {};
    });
  }
}
