import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { Database } from '../../database/database.js';
import { eventsConfig } from '../events.config.js';

/** What waits for a destination. */
export interface DestinationStatus {
  readonly destination: string;
  readonly waiting: number;
  /** Age of the oldest, in whole seconds; 0 without one. */
  readonly oldest_seconds: number;
}

export interface EventsStatus {
  readonly destinations: readonly DestinationStatus[];
  /** Processes that relay events now. */
  readonly relays: number;
  /** Time of the oldest stored event. */
  readonly oldest_event: string | null;
}

const WAITING = `
  WITH target AS (
    SELECT unnest($1::text[]) AS name UNION SELECT name FROM public.event_destinations
     UNION SELECT DISTINCT destination FROM public.event_queue)
  SELECT target.name AS destination, count(queue.event_id)::int AS waiting,
         coalesce(extract(epoch FROM now() - min(queue.event_at)), 0)::int AS oldest_seconds
    FROM target LEFT JOIN public.event_queue AS queue ON queue.destination = target.name
   GROUP BY target.name ORDER BY target.name`;
const REST = `
  SELECT (SELECT count(*)::int FROM public.event_relays WHERE until > now()) AS relays,
         (SELECT min(at) FROM public.events) AS oldest`;

/** How events do, for people. */
@Injectable()
export class EventStatus {
  constructor(
    private readonly database: Database,
    @Inject(eventsConfig.KEY) private readonly config: ConfigType<typeof eventsConfig>,
  ) {}

  async read(): Promise<EventsStatus> {
    const destinations = await this.database.readPrepared<
      DestinationStatus & Record<string, unknown>
    >(WAITING, [this.config.destinations]);
    const [rest] = await this.database.readPrepared<{ relays: number; oldest: Date | null }>(
      REST,
      [],
    );
    return {
      destinations,
      relays: rest?.relays ?? 0,
      oldest_event: rest?.oldest?.toISOString() ?? null,
    };
  }
}
