import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type BatchObservableResult, metrics } from '@opentelemetry/api';

import { Database } from '../../database/database.js';
import { readForScrape } from '../../database/scrape-read.js';
import { SHARES } from '../outbox/event-statement.js';
import { EventDestinations } from './event-destination.js';

interface Depth {
  readonly destination: string;
  readonly depth: number;
  readonly oldest: number;
}

/** Counted so far: a scrape costs the same however long a destination is down. */
const MOST_COUNTED = 100_000;

const DEPTHS = `
  SELECT target.name AS destination,
         (SELECT count(*)::int FROM (
            SELECT FROM public.event_queue WHERE destination = target.name LIMIT ${MOST_COUNTED}) AS counted) AS depth,
         coalesce((
           SELECT extract(epoch FROM max(now() - first.event_at))::float8
             FROM generate_series(0, ${SHARES - 1}) AS part (share)
            CROSS JOIN LATERAL (
              SELECT event_at FROM public.event_queue
               WHERE destination = target.name AND share = part.share ORDER BY place LIMIT 1) AS first), 0) AS oldest
    FROM unnest(ARRAY[%names%]::text[]) AS target (name)`;

/** How many events wait for each destination, and for how long. */
@Injectable()
export class RelayMetrics implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly destinations: EventDestinations,
  ) {}

  onApplicationBootstrap(): void {
    if (this.destinations.all.length === 0) return;
    const meter = metrics.getMeter('events');
    const depth = meter.createObservableGauge('events_outbox_depth', {
      unit: '{event}',
      description: `Events that a destination has not taken yet, counted to ${MOST_COUNTED}.`,
    });
    const oldest = meter.createObservableGauge('events_outbox_lag_seconds', {
      unit: 's',
      description: 'Age of the oldest event that a destination has not taken yet.',
    });
    const names = this.destinations.all.map(({ name }) => `'${name}'`).join(', ');
    const sql = DEPTHS.replace('%names%', names);
    meter.addBatchObservableCallback(
      async (result: BatchObservableResult) => {
        for (const each of await readForScrape<Depth>(this.database, sql)) {
          const labels = { destination: each.destination };
          result.observe(depth, each.depth, labels);
          result.observe(oldest, each.oldest, labels);
        }
      },
      [depth, oldest],
    );
  }
}
