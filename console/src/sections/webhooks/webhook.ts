import type { Schema } from '../../../../client/user-api.js';
import type { FormValues } from '../../components/dialog.js';

export type Webhook = Schema<'Webhook'>;
export type Delivery = Schema<'WebhookDelivery'>;

export const WEBHOOKS_KEY = ['webhooks'] as const;
export const webhookKey = (id: string) => [...WEBHOOKS_KEY, id] as const;

/** The webhook that a form describes. */
export function webhookIn(value: FormValues) {
  return {
    url: value('url'),
    types: value.all('types') as Schema<'CreateWebhook'>['types'],
    description: value('description') || null,
  };
}
