import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { paymentConfig } from '../config/payment.config.js';
import { answersHttp } from '../resilience/http-probe.js';

/** The payment service, as far as it is needed to tell whether it is there. */
@Injectable()
export class PaymentService {
  constructor(
    @Inject(paymentConfig.KEY) private readonly config: ConfigType<typeof paymentConfig>,
  ) {}

  /** True when the service answers, or is not configured. */
  async isUp(signal: AbortSignal): Promise<boolean> {
    const { serviceUrl } = this.config;
    return serviceUrl === undefined || answersHttp(serviceUrl, signal);
  }
}
