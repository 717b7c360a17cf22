import { pageOf } from '../../../platform/common/cursor.js';
import type { Webhook } from './webhook.entity.js';
import type { WebhookPage, WebhookResponse, WebhookWithSecret } from './webhooks.schemas.js';
import type { NewSecret } from './webhooks.service.js';

/** What clients see of a webhook. */
export function toWebhookResponse(webhook: Webhook): WebhookResponse {
  const { id, url, types, description, status, created_at, updated_at, created_by } = webhook;
  return {
    id,
    url,
    types,
    description,
    status,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
    created_by,
  };
}

export function toWebhookWithSecret({ webhook, secret }: NewSecret): WebhookWithSecret {
  return { ...toWebhookResponse(webhook), secret };
}

/** @param rows those of the page, and one more when another page follows. */
export function toWebhookPage(rows: readonly Webhook[], limit: number): WebhookPage {
  return pageOf(rows, limit, toWebhookResponse, ({ id }) => [id]);
}
