import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type BatchObservableResult, metrics } from '@opentelemetry/api';

import { Database } from '../../platform/database/database.js';
import { readForScrape } from '../../platform/database/scrape-read.js';
import { PaymentService } from '../../platform/payments/payment-service.js';
import { paidTiers } from '../users/fields/user-fields.js';

/** Charges with an unknown outcome, read from a small partial index at each scrape. */
@Injectable()
export class TierChangeMetrics implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentService,
  ) {}

  onApplicationBootstrap(): void {
    this.payments.countFromZero(paidTiers);
    const meter = metrics.getMeter('payments');
    const pending = meter.createObservableGauge('payments_pending', {
      unit: '{charge}',
      description: 'Charges with an unknown outcome.',
    });
    const oldest = meter.createObservableGauge('payments_oldest_pending_seconds', {
      unit: 's',
      description: 'How long the oldest of them has been so.',
    });
    meter.addBatchObservableCallback(
      async (result: BatchObservableResult) => {
        const rows = await readForScrape<{ pending: number; oldest: number }>(
          this.database,
          `SELECT count(*)::int AS pending,
                  coalesce(extract(epoch FROM now() - min(created_at)), 0)::int AS oldest
             FROM public.tier_changes WHERE status = 'pending'`,
        );
        for (const row of rows) {
          result.observe(pending, row.pending);
          result.observe(oldest, row.oldest);
        }
      },
      [pending, oldest],
    );
  }
}
