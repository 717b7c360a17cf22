import { Injectable } from '@nestjs/common';

import { Database } from '../../../platform/database/database.js';
import type { WebhookBacklog } from './deliveries.schemas.js';
import { Delivery, type DeliveryState, deliveryStates } from './delivery.entity.js';

const COLUMNS = `id, webhook_id, user_id, place::text AS place, event_id, event_time, type, body, state, attempts,
  first_attempt_at, next_at, answer_status, answer_body`;
/** Each state is a range of the index. */
const PAGE = `
  SELECT ${COLUMNS} FROM unnest($2::text[]) AS wanted (of_state)
   CROSS JOIN LATERAL (
     SELECT * FROM public.webhook_deliveries
      WHERE webhook_id = $1 AND state = wanted.of_state AND ($3::bigint IS NULL OR place < $3)
      ORDER BY place DESC LIMIT $4) AS delivery
   ORDER BY delivery.place DESC LIMIT $4`;
const BY_ID = `SELECT ${COLUMNS} FROM public.webhook_deliveries WHERE id = $1`;
/** Those of a deleted webhook are not there any more: they go with the clean-up. */
const FIND = `${BY_ID} AND webhook_id IN (SELECT id FROM public.webhooks)`;
/** The oldest of each is the first of an index. */
const BACKLOG = `
  SELECT webhook.id, webhook.url, webhook.status,
         extract(epoch FROM now() - oldest.event_time)::int AS oldest_seconds
    FROM public.webhooks AS webhook
   CROSS JOIN LATERAL (
     SELECT event_time FROM public.webhook_deliveries
      WHERE webhook_id = webhook.id AND state = 'pending' ORDER BY place LIMIT 1) AS oldest
   ORDER BY oldest.event_time, webhook.id LIMIT 100`;
const INSERT_TEST = `
  INSERT INTO public.webhook_deliveries
    (id, webhook_id, user_id, event_id, event_time, type, body, state, attempts, next_at)
  VALUES ($1, $2, $2, $3, now(), $4, $5, 'pending', 0, now())
  RETURNING ${COLUMNS}`;
/** The lane is locked before its delivery, as attempts do. One that is being attempted is left alone. */
const LOCK_LANE = `
  INSERT INTO public.webhook_lanes AS lane (webhook_id, user_id, pending, due) VALUES ($1, $2, 0, now())
      ON CONFLICT (webhook_id, user_id) DO UPDATE
     SET due = CASE WHEN lane.claim IS NULL THEN least(lane.due, now()) ELSE lane.due END`;
const RESTART = `
  UPDATE public.webhook_deliveries
     SET state = 'pending', attempts = 0, first_attempt_at = NULL, next_at = now(), answer_status = NULL, answer_body = NULL
   WHERE id = $1 AND state <> 'pending'
  RETURNING id`;
const HASTEN = `UPDATE public.webhook_deliveries SET next_at = now() WHERE id = $1 AND state = 'pending'`;
const COUNT = `
  UPDATE public.webhook_lanes SET pending = pending + 1 WHERE webhook_id = $1 AND user_id = $2`;

/** Deliveries, for those who look at them and start them anew. SQL by hand: pages go by an index per state. */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, before the given place. @param limit most rows. */
  async page(
    webhookId: string,
    state: DeliveryState | undefined,
    before: string | undefined,
    limit: number,
  ): Promise<Delivery[]> {
    const states = state === undefined ? deliveryStates : [state];
    return this.rows(PAGE, [webhookId, states, before ?? null, limit]);
  }

  /** Webhooks with events that are not delivered, the longest first; a hundred at most. */
  async backlog(): Promise<WebhookBacklog['items']> {
    return this.database.readPrepared(BACKLOG, []);
  }

  async find(id: string): Promise<Delivery | undefined> {
    const [row] = await this.rows(FIND, [id]);
    return row;
  }

  /** Within a transaction. */
  async insertTest(
    test: Pick<Delivery, 'id' | 'webhook_id' | 'event_id' | 'type' | 'body'>,
  ): Promise<Delivery> {
    const { id, webhook_id, event_id, type, body } = test;
    const manager = this.database.current;
    await manager.query(LOCK_LANE, [webhook_id, webhook_id]);
    await manager.query(COUNT, [webhook_id, webhook_id]);
    const values = [id, webhook_id, event_id, type, body];
    const [row] = await manager.query<[Delivery]>(INSERT_TEST, values);
    return row;
  }

  /** Lets a delivery be attempted now: one that has ended from the beginning. Within a transaction. */
  async restart({ id, webhook_id, user_id }: Delivery): Promise<Delivery> {
    const manager = this.database.current;
    await manager.query(LOCK_LANE, [webhook_id, user_id]);
    const [restarted] = await manager.query<[{ id: string }[], number]>(RESTART, [id]);
    if (restarted.length > 0) await manager.query(COUNT, [webhook_id, user_id]);
    else await manager.query(HASTEN, [id]);
    const [row] = await manager.query<[Delivery]>(BY_ID, [id]);
    return row;
  }

  private async rows(text: string, values: unknown[]): Promise<Delivery[]> {
    return this.database.readPrepared<Delivery & Record<string, unknown>>(text, values);
  }
}
