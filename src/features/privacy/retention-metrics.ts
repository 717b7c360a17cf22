import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';

import { Database } from '../../platform/database/database.js';
import { readForScrape } from '../../platform/database/scrape-read.js';
import { CLEANUP } from './retention.js';

/**
 * Time of the last successful clean-up, from the database, since a command ends before a scrape.
 */
@Injectable()
export class RetentionMetrics implements OnApplicationBootstrap {
  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    const gauge = metrics
      .getMeter('retention')
      .createObservableGauge('cleanup_last_success_timestamp_seconds', {
        description: 'Unix time at which clean-up last ended well; none before the first time.',
        unit: 's',
      });
    gauge.addCallback(async (result) => {
      const rows = await readForScrape<{ at_ms: number }>(
        this.database,
        `SELECT (extract(epoch FROM succeeded_at) * 1000)::bigint AS at_ms FROM public.maintenance WHERE task = '${CLEANUP}'`,
      );
      for (const { at_ms: at } of rows) result.observe(at / 1000);
    });
  }
}
