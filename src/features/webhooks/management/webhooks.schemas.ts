import { z } from 'zod';

import { cursorOf } from '../../../platform/common/cursor.js';
import { line, pageLimit, timestamp, uuid } from '../../../platform/common/primitives.js';
import { webhookStatuses } from './webhook.entity.js';

/** Stands for all types of events, alone. */
export const EVERY_TYPE = '*';
/** Seconds: thirty days. */
const LONGEST_GRACE = 2_592_000;

export const listWebhooksQuery = z.strictObject({
  limit: pageLimit,
  cursor: cursorOf(z.tuple([uuid])).optional(),
});

const url = z
  .string({ error: 'must be text' })
  .meta({ examples: ['https://events.example.com/users'] });
const description = line(0, 200).nullable();

/** A list of types of events, each once. @param types there are. */
export function eventTypes(types: readonly string[]) {
  return z
    .array(z.enum(types, { error: 'is no type of event' }), {
      error: 'must be a list of types of events',
    })
    .min(1, { error: 'must have at least one type' })
    .overwrite((given) => [...new Set(given)].toSorted())
    .meta({ examples: [['user.created']] });
}

/** The bodies that name types of events. @param types there are. */
export function webhookRequests(types: readonly string[]) {
  const list = eventTypes([...types, EVERY_TYPE]).refine(
    (given) => given.length === 1 || !given.includes(EVERY_TYPE),
    { error: 'must have * alone' },
  );
  return {
    create: z
      .strictObject({ url, types: list, description: description.optional() })
      .meta({ id: 'CreateWebhook' }),
    update: z
      .strictObject({
        url: url.optional(),
        types: list.optional(),
        description: description.optional(),
        status: z.enum(webhookStatuses, { error: 'must be active or paused' }).optional(),
      })
      .refine((body) => Object.keys(body).length > 0, { error: 'must change something' })
      .meta({ id: 'UpdateWebhook' }),
  };
}

export const rotateSecretRequest = z
  .strictObject({
    grace_seconds: z
      .int({ error: 'must be a whole number of seconds' })
      .min(0, { error: 'must not be negative' })
      .max(LONGEST_GRACE, { error: 'must be at most thirty days' })
      .default(3600)
      .describe('How long earlier secrets sign as well'),
  })
  .meta({ id: 'RotateWebhookSecret' });

const webhook = z.object({
  id: z.uuid(),
  url: z.string(),
  types: z.array(z.string()).describe('Types of events, or `*` alone for all'),
  description: z.string().nullable(),
  status: z.enum(webhookStatuses).describe('A receiver that answers 410 pauses its webhook'),
  created_at: timestamp,
  updated_at: timestamp,
  created_by: z
    .uuid()
    .nullable()
    .describe('The user or API key that created it; null for keys of `API_KEY`'),
});

export const webhookResponse = webhook.meta({ id: 'Webhook' });

export const webhookWithSecret = webhook
  .extend({ secret: z.string().describe('Verifies signatures; shown this once') })
  .meta({ id: 'WebhookWithSecret' });

export const webhookPage = z
  .object({ items: z.array(webhookResponse), next_cursor: z.string().nullable() })
  .meta({ id: 'WebhookPage' });

type Requests = ReturnType<typeof webhookRequests>;
export type CreateWebhookRequest = z.infer<Requests['create']>;
export type UpdateWebhookRequest = z.infer<Requests['update']>;
export type RotateSecretRequest = z.infer<typeof rotateSecretRequest>;
export type ListWebhooksQuery = z.infer<typeof listWebhooksQuery>;
export type WebhookResponse = z.infer<typeof webhookResponse>;
export type WebhookWithSecret = z.infer<typeof webhookWithSecret>;
export type WebhookPage = z.infer<typeof webhookPage>;
