import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type BatchObservableResult, metrics } from '@opentelemetry/api';

import { Database } from '../../database/database.js';
import { readForScrape } from '../../database/scrape-read.js';
import { JOBS_SCHEMA } from './boss.js';

interface QueueCounts {
  readonly name: string;
  readonly queued: number;
  readonly active: number;
  readonly failed: number;
  readonly oldest: number;
}

/**
 * Queue sizes from the counts that pg-boss updates every few seconds: a scrape costs one small read
 * for any number of jobs.
 */
@Injectable()
export class JobMetrics implements OnApplicationBootstrap {
  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    const meter = metrics.getMeter('jobs');
    const depth = meter.createObservableGauge('job_queue_depth', {
      unit: '{job}',
      description: 'Jobs waiting for their (next) attempt.',
    });
    const active = meter.createObservableGauge('job_queue_active', {
      unit: '{job}',
      description: 'Jobs being done.',
    });
    const dead = meter.createObservableGauge('job_dead_letters', {
      unit: '{job}',
      description: 'Jobs that failed for good and are kept.',
    });
    const oldest = meter.createObservableGauge('job_oldest_ready_seconds', {
      unit: 's',
      description: 'How long the oldest job that could run has waited.',
    });
    meter.addBatchObservableCallback(
      async (result: BatchObservableResult) => {
        for (const queue of await this.counts()) {
          const labels = { queue: queue.name };
          result.observe(depth, queue.queued, labels);
          result.observe(active, queue.active, labels);
          result.observe(dead, queue.failed, labels);
          result.observe(oldest, queue.oldest, labels);
        }
      },
      [depth, active, dead, oldest],
    );
  }

  private async counts(): Promise<QueueCounts[]> {
    return readForScrape(
      this.database,
      `SELECT name, queued_count AS queued, active_count AS active, failed_count AS failed,
              coalesce(ready_oldest_seconds, 0) AS oldest
         FROM ${JOBS_SCHEMA}.queue WHERE name NOT LIKE '\\_\\_%'`,
    );
  }
}
