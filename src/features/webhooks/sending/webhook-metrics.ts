import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';

import { fromZero } from '../../../platform/common/from-zero.js';
import { Database } from '../../../platform/database/database.js';
import { readForScrape } from '../../../platform/database/scrape-read.js';
import type { Outcome } from './delivery-outcome.js';

/** The oldest of each webhook is the first of an index: a scrape costs the same for any number of deliveries. */
const LAG = `
  SELECT coalesce(ceil(1000 * max(extract(epoch FROM now() - oldest.event_time))), 0)::bigint::text AS lag_ms
    FROM public.webhooks AS webhook
   CROSS JOIN LATERAL (
     SELECT event_time FROM public.webhook_deliveries
      WHERE webhook_id = webhook.id AND state = 'pending' ORDER BY place LIMIT 1) AS oldest
   WHERE webhook.status = 'active'`;

const results = ['delivered', 'failed', 'dead'] as const;

/** Figures of deliveries. */
@Injectable()
export class WebhookMetrics implements OnApplicationBootstrap {
  private readonly deliveries = metrics
    .getMeter('webhooks')
    .createCounter('webhook_deliveries_total', {
      unit: '{attempt}',
      description: 'Attempts at deliveries: delivered, failed, or dead after the last one.',
    });

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    fromZero(this.deliveries, { result: results });
    metrics
      .getMeter('webhooks')
      .createObservableGauge('webhook_delivery_lag_seconds', {
        unit: 's',
        description: 'Age of the oldest event that an active webhook has not been delivered.',
      })
      .addCallback(async (result) => {
        const [row] = await readForScrape<{ lag_ms: string }>(this.database, LAG);
        if (row) result.observe(Number(row.lag_ms) / 1000);
      });
  }

  /** Counts an attempt. */
  count({ state }: Outcome): void {
    this.deliveries.add(1, { result: state === 'pending' ? 'failed' : state });
  }
}
