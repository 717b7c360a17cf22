import { z } from 'zod';

import { cursorOf } from '../../../platform/common/cursor.js';
import { line, pageLimit, timestamp, uuid } from '../../../platform/common/primitives.js';

/** Time and id of an event. */
const cursor = z.tuple([z.iso.datetime(), uuid]);

export const listEventsQuery = z.strictObject({
  limit: pageLimit,
  cursor: cursorOf(cursor).optional(),
  type: line(1, 100).optional(),
  user_id: uuid.optional().describe('Only events of this user'),
});

export const eventPage = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        type: z.string(),
        user_id: z.uuid(),
        sequence: z.int().describe('From 1 per user, without gaps, in the order of commits'),
        time: timestamp,
      }),
    ),
    next_cursor: z.string().nullable().describe('A page may have no items and still another one'),
  })
  .meta({ id: 'EventPage' });

const count = z.int();

export const eventsStatus = z
  .object({
    destinations: z.array(
      z.object({
        destination: z.string().describe('`webhooks` stands for all of them'),
        waiting: count.describe('Events that it has not taken'),
        oldest_seconds: count.describe('Age of the oldest of these; 0 without one'),
      }),
    ),
    relays: count.describe('Processes that relay events now'),
    oldest_event: timestamp.nullable().describe('Time of the oldest stored event'),
  })
  .meta({ id: 'EventsStatus' });

export type ListEventsQuery = z.infer<typeof listEventsQuery>;
export type EventPage = z.infer<typeof eventPage>;
