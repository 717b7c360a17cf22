import { Injectable } from '@nestjs/common';

import { encodeCursor } from '../../../platform/common/cursor.js';
import { Database } from '../../../platform/database/database.js';
import type { EventPage, ListEventsQuery } from './events.schemas.js';

interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly user_id: string;
  readonly sequence: number;
  readonly time: Date;
  readonly wanted: boolean;
  /** The last one that was looked at. */
  readonly edge: boolean;
}

/** Events that one page looks at: no index finds those of a user or a type. */
const LOOKED_AT = 10_000;
/** Before the first page. */
const NEWEST = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const;

/** What is wanted of the newest, and the last one that was looked at, where the next page begins. */
const PAGE = `
  WITH looked AS (
    SELECT event.id, event.type, event.user_id, event.sequence::int AS sequence, event.at AS time
      FROM public.events AS event
     WHERE (event.at, event.id) < ($1::timestamptz, $2::uuid)
     ORDER BY event.at DESC, event.id DESC LIMIT ${LOOKED_AT}),
  judged AS (
    SELECT looked.*, row_number() OVER (ORDER BY looked.time DESC, looked.id DESC) = ${LOOKED_AT} AS edge,
           ($3::text IS NULL OR looked.type = $3) AND ($4::uuid IS NULL OR looked.user_id = $4) AS wanted
      FROM looked)
  SELECT id, type, user_id, sequence, time, wanted, edge FROM judged
   WHERE wanted OR edge ORDER BY time DESC, id DESC LIMIT $5`;

/** Pages of stored events by keyset, newest first. */
@Injectable()
export class EventList {
  constructor(private readonly database: Database) {}

  async page({ limit, cursor = [...NEWEST], type, user_id }: ListEventsQuery): Promise<EventPage> {
    const values = [...cursor, type ?? null, user_id ?? null, limit + 1];
    const rows = await this.database.readPrepared<EventRow & Record<string, unknown>>(PAGE, values);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const goesOn = last !== undefined && (rows.length > limit || last.edge);
    return {
      items: page.filter(({ wanted }) => wanted).map(toItem),
      next_cursor: goesOn ? encodeCursor([last.time.toISOString(), last.id]) : null,
    };
  }
}

function toItem({ id, type, user_id, sequence, time }: EventRow): EventPage['items'][number] {
  return { id, type, user_id, sequence, time: time.toISOString() };
}
