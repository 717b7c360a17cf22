import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import type { z } from 'zod';

import { JobHandler, type JobInfo } from '../../platform/jobs/consumer/job-handler.decorator.js';
import { PaymentService } from '../../platform/payments/payment-service.js';
import { TierChangeLedger } from './tier-change-ledger.js';
import { tierChangeJob } from './tier-change.job.js';
import { ChargeOutcomeUnknown } from './tier.errors.js';

/** Repeats charges with an unknown outcome, with the same key, until it is known. */
@Injectable()
export class TierChangeHandler {
  constructor(
    private readonly ledger: TierChangeLedger,
    private readonly payments: PaymentService,
    @InjectPinoLogger('payments') private readonly logger: PinoLogger,
  ) {}

  @JobHandler(tierChangeJob)
  async ask({ change_id }: z.infer<typeof tierChangeJob.payload>, job: JobInfo): Promise<void> {
    const charge = await this.ledger.askAgain(change_id);
    if (charge === undefined) {
      const fields = { job_id: job.id, charge_id: change_id, reason: 'obsolete' };
      this.logger.debug(fields, 'charge not asked for again');
      return;
    }
    const { status } = await this.ledger.settle(charge, await this.payments.charge(charge));
    if (status === 'pending') throw new ChargeOutcomeUnknown();
  }
}
