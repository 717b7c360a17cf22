import { Injectable } from '@nestjs/common';
import { type HealthCheckAttempt, HealthIndicatorService } from '@nestjs/terminus';

import { PaymentService } from '../../payments/payment-service.js';
import { boundedCheck } from './bounded-check.js';

/** Whether the payment service answers. It is up where none is configured. */
@Injectable()
export class PaymentIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly payments: PaymentService,
  ) {}

  check(): HealthCheckAttempt<'payment'> {
    return boundedCheck(this.indicators, 'payment', async (signal) => {
      if (!(await this.payments.isUp(signal))) throw new Error('down');
      return {};
    });
  }
}
