import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import { PublicUrl } from '../../../platform/mail/messages/public-url.js';
import { DeliveryNotFound } from '../management/webhook.errors.js';
import { Webhooks } from '../management/webhooks.service.js';
import type { WebhookBacklog } from './deliveries.schemas.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import type { Delivery, DeliveryState } from './delivery.entity.js';
import { TEST_TYPE, testEvent } from './test-event.js';

/** Deliveries, for those who administrate webhooks. The access guard has checked the caller before. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly database: Database,
    private readonly webhooks: Webhooks,
    private readonly deliveries: DeliveriesRepository,
    private readonly publicUrl: PublicUrl,
    private readonly audit: AuditLog,
  ) {}

  /** Newest first. @param before place in the list. @throws WebhookNotFound */
  async page(
    webhookId: string,
    state: DeliveryState | undefined,
    before: string | undefined,
    limit: number,
  ): Promise<Delivery[]> {
    const [, page] = await Promise.all([
      this.webhooks.find(webhookId),
      this.deliveries.page(webhookId, state, before, limit),
    ]);
    return page;
  }

  /** Webhooks that are behind, the furthest first. */
  async backlog(): Promise<WebhookBacklog> {
    return { items: await this.deliveries.backlog() };
  }

  /** Sends an event that tells nothing, whatever types the webhook wants. @throws WebhookNotFound */
  async test(webhookId: string): Promise<Delivery> {
    await this.webhooks.find(webhookId);
    const eventId = uuidv7();
    return this.database.transaction(() =>
      this.deliveries.insertTest({
        id: uuidv7(),
        webhook_id: webhookId,
        event_id: eventId,
        type: TEST_TYPE,
        body: testEvent(eventId, webhookId, this.publicUrl.base, new Date()),
      }),
    );
  }

  /** Attempts a delivery now; a dead or delivered one from the beginning. @throws DeliveryNotFound */
  async retry(id: string): Promise<Delivery> {
    const delivery = await this.deliveries.find(id);
    if (delivery === undefined) throw new DeliveryNotFound();
    return this.database.transaction(async () => {
      const details = { webhook: delivery.webhook_id, delivery: id };
      const restarted = await this.deliveries.restart(delivery);
      await this.database.commit(
        this.audit.insertion({ action: 'webhook.delivery-retried', details }),
      );
      return restarted;
    });
  }
}
