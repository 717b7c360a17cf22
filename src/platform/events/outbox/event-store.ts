import { Injectable } from '@nestjs/common';

import { Database } from '../../database/database.js';
import type { RunStatement } from '../../database/statements/statement.js';
import { type Write, writeBy, writeOf } from '../../database/transactions/write.js';
import { EventArrivals } from './event-arrivals.js';
import { KnownDestinations } from './known-destinations.js';
import {
  EVENT_COLUMNS,
  eventOf,
  joinEvent,
  type JoinedEvent,
  type StoredEvent,
} from './stored-event.js';

/** A row of the queue with its event; without it if it is older than the retention. */
export interface Queued {
  readonly place: string;
  readonly event: StoredEvent | undefined;
}

type Row = JoinedEvent & { readonly place: string };

/** The first of each share: of each user's events, none is left out before one that is read. */
const NEXT = `
  SELECT queued.place, ${EVENT_COLUMNS}
    FROM unnest($2::smallint[]) AS mine (share)
   CROSS JOIN LATERAL (
     SELECT * FROM public.event_queue AS queue
      WHERE queue.destination = $1 AND queue.share = mine.share
      ORDER BY queue.place LIMIT $3) AS queued${joinEvent('queued.event_at', 'queued.event_id')}
   ORDER BY queued.place`;
const TAKEN = `
  DELETE FROM public.event_queue AS queue USING unnest($2::bigint[]) AS taken (place)
   WHERE queue.destination = $1 AND queue.share = ANY($3::smallint[]) AND queue.place = taken.place`;
const LIST = 'INSERT INTO public.event_destinations (name) VALUES ($1) ON CONFLICT DO NOTHING';
const DELIST = 'DELETE FROM public.event_destinations WHERE name = $1';
const PAGE = `
  SELECT ${EVENT_COLUMNS} FROM public.events AS event
   WHERE event.at >= $1 AND (event.at, event.sequence, event.id) > ($1, $2, $3)
     AND ($4::text[] IS NULL OR event.type = ANY($4))
   ORDER BY event.at, event.sequence, event.id LIMIT $5`;

/** Stored events, and what destinations have not taken of them. */
@Injectable()
export class EventStore {
  constructor(
    private readonly database: Database,
    private readonly known: KnownDestinations,
    private readonly arrivals: EventArrivals,
  ) {}

  /** From its commit on events are queued for the destination; relays that wait for one begin. */
  listing(destination: string): Write {
    const statement = { text: LIST, values: [destination] };
    const store = async (run: RunStatement) => {
      await run(statement);
      this.known.changed();
      this.database.afterCommit(() => {
        this.known.changed();
        this.arrivals.expect();
      });
    };
    return writeOf({ name: 'destination', alone: true, store }, undefined);
  }

  /** From its commit on events are not queued for it. */
  delisting(destination: string): Write {
    return writeBy({ text: DELIST, values: [destination] });
  }

  /** The oldest events that a destination has not taken, of some shares, in the order of places. */
  async next(destination: string, shares: readonly number[], perShare: number): Promise<Queued[]> {
    const rows = await this.database.readPrepared<Row>(NEXT, [destination, shares, perShare]);
    return rows.map((row) => ({ place: row.place, event: eventOf(row) }));
  }

  /** Takes events off the queue of a destination. */
  async taken(
    destination: string,
    shares: readonly number[],
    places: readonly string[],
  ): Promise<void> {
    await this.database.write({ text: TAKEN, values: [destination, places, shares] });
  }

  /**
   * A page of stored events, oldest first; each user's in their order.
   * @param after the last event of the page before, or the time from which on the first page begins.
   * @param types all by default.
   */
  async page(
    after: Pick<StoredEvent, 'time'> & Partial<Pick<StoredEvent, 'sequence' | 'id'>>,
    limit: number,
    types?: readonly string[],
  ): Promise<StoredEvent[]> {
    const { time, sequence = 0, id = NO_ID } = after;
    return this.database.readPrepared<StoredEvent & Record<string, unknown>>(PAGE, [
      time,
      sequence,
      id,
      types ?? null,
      limit,
    ]);
  }
}

const NO_ID = '00000000-0000-0000-0000-000000000000';
