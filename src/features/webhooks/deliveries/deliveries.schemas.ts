import { z } from 'zod';

import { cursorOf } from '../../../platform/common/cursor.js';
import { pageLimit, timestamp } from '../../../platform/common/primitives.js';
import { webhookStatuses } from '../management/webhook.entity.js';
import { eventTypes } from '../management/webhooks.schemas.js';
import { deliveryStates } from './delivery.entity.js';

export const listDeliveriesQuery = z.strictObject({
  limit: pageLimit,
  cursor: cursorOf(z.tuple([z.string().regex(/^\d{1,18}$/)])).optional(),
  state: z.enum(deliveryStates, { error: 'must be pending, delivered or dead' }).optional(),
});

/** @param types there are. */
export function replayRequest(types: readonly string[]) {
  return z
    .strictObject({
      since: z.iso
        .datetime({ offset: true, error: 'must be a time in ISO 8601 with its offset' })
        .meta({ examples: ['2026-01-31T09:00:00Z'] }),
      types: eventTypes(types).optional().describe('Those of the webhook by default'),
    })
    .meta({ id: 'ReplayEvents' });
}

export const deliveryResponse = z
  .object({
    id: z.uuid(),
    event_id: z.uuid(),
    type: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    next_at: timestamp.nullable().describe('The next attempt, of a pending delivery'),
    answer: z
      .object({ status: z.int(), body: z.string().describe('Its first 1,024 bytes') })
      .nullable()
      .describe('The last answer of the receiver; null before it, and for all but superusers'),
  })
  .meta({ id: 'WebhookDelivery' });

export const deliveryPage = z
  .object({ items: z.array(deliveryResponse), next_cursor: z.string().nullable() })
  .meta({ id: 'WebhookDeliveryPage' });

export const webhookBacklog = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        url: z.string(),
        status: z.enum(webhookStatuses),
        oldest_seconds: z.int().describe('Age of the oldest event that is not delivered'),
      }),
    ),
  })
  .meta({ id: 'WebhookBacklog' });

export type WebhookBacklog = z.infer<typeof webhookBacklog>;
export type ListDeliveriesQuery = z.infer<typeof listDeliveriesQuery>;
export type ReplayRequest = z.infer<ReturnType<typeof replayRequest>>;
export type DeliveryResponse = z.infer<typeof deliveryResponse>;
export type DeliveryPage = z.infer<typeof deliveryPage>;
