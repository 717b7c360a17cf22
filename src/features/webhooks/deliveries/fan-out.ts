import { Injectable } from '@nestjs/common';

import { Database } from '../../../platform/database/database.js';
import { columnsOf } from '../../../platform/database/transactions/write.js';
import type { StoredEvent } from '../../../platform/events/outbox/stored-event.js';

/**
 * The id of a delivery: a UUID of version 8 (RFC 9562 §5.8) that begins with the time of its event. Whatever inserts a
 * delivery again makes the same one.
 */
const DELIVERY_ID = `
  (left(translate(wanted.id::text, '-', ''), 12) || '8' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid`;

/**
 * Deliveries of events, in the order of the events, and their lanes. The first statement locks nothing; lanes are
 * locked in the order of their keys.
 * @param webhooks condition for `webhook` and `event`.
 */
const inserting = (webhooks: string) => `
  WITH event AS (
    SELECT id, time, type, user_id, place
      FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[])
             WITH ORDINALITY AS event (id, time, type, user_id, place)),
  wanted AS (
    SELECT webhook.id AS webhook_id, event.*,
           encode(sha256(convert_to(webhook.id::text || event.id::text || $5::text, 'UTF8')), 'hex') AS hash
      FROM event JOIN public.webhooks AS webhook ON ${webhooks}),
  inserted AS (
    INSERT INTO public.webhook_deliveries
      (id, webhook_id, user_id, event_id, event_time, type, state, attempts, next_at)
    SELECT ${DELIVERY_ID}, webhook_id, user_id, id, time, type, 'pending', 0, now()
      FROM wanted ORDER BY place
        ON CONFLICT (id) DO NOTHING
    RETURNING webhook_id, user_id)
  INSERT INTO public.webhook_lanes AS lane (webhook_id, user_id, pending, due)
  SELECT webhook_id, user_id, count(*), now() FROM inserted
   GROUP BY webhook_id, user_id ORDER BY webhook_id, user_id
      ON CONFLICT (webhook_id, user_id) DO UPDATE SET pending = lane.pending + excluded.pending`;

const FOR_ALL = inserting(`webhook.types && ARRAY[event.type, '*']`);
const FOR_ONE = inserting('webhook.id = $6');

/** Turns events into deliveries. */
@Injectable()
export class FanOut {
  constructor(private readonly database: Database) {}

  /** For all webhooks that want them, paused ones too. @returns how many lanes got something. */
  async events(events: readonly StoredEvent[]): Promise<number> {
    const values = [...columns(events), ''];
    const { rowCount } = await this.database.write({ text: FOR_ALL, values });
    return rowCount ?? 0;
  }

  /** For one webhook, once more. @param replay its id: a repeated call with it changes nothing. */
  async replay(webhookId: string, events: readonly StoredEvent[], replay: string): Promise<void> {
    const values = [...columns(events), replay, webhookId];
    await this.database.write({ text: FOR_ONE, values });
  }
}

function columns(events: readonly StoredEvent[]): unknown[][] {
  return columnsOf(events, ['id', 'time', 'type', 'userId']);
}
