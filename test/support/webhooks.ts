import type { Caller } from './caller.js';

export const WEBHOOKS = '/admin/webhooks';
/** Lets webhooks reach the receivers of tests. */
export const LOOPBACK = { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' };

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly description: string | null;
  readonly status: 'active' | 'paused';
  readonly created_at: string;
  readonly updated_at: string;
  readonly created_by: string | null;
}

export interface WebhookWithSecret extends Webhook {
  readonly secret: string;
}

export interface WebhookDelivery {
  readonly id: string;
  readonly event_id: string;
  readonly type: string;
  readonly state: 'pending' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly next_at: string | null;
  readonly answer: { readonly status: number; readonly body: string } | null;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** Creates a webhook as a service. */
export async function createWebhook(
  api: Caller,
  url: string,
  types: readonly string[] = ['*'],
): Promise<WebhookWithSecret> {
  const { status, body } = await api
    .as('service')
    .post<WebhookWithSecret>(WEBHOOKS, { url, types });
  if (status !== 201) throw new Error(`no webhook: ${status} ${JSON.stringify(body)}`);
  return body;
}
