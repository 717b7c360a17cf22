import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { appConfig } from '../../../platform/app/app.config.js';
import { DataCipher } from '../../../platform/data-key/data-cipher.js';
import { Database } from '../../../platform/database/database.js';
import { cloudEvent } from '../../../platform/events/outbox/stored-event.js';
import { PublicUrl } from '../../../platform/mail/messages/public-url.js';
import type { GuardedHttp } from '../../../platform/outbound/guarded-http.js';
import { webhooksConfig } from '../webhooks.config.js';
import { type ClaimedDelivery, DeliveryClaims, type EndedDelivery } from './delivery-claims.js';
import { DeliveryFeed } from './delivery-feed.js';
import { EXPIRED, type Outcome } from './delivery-outcome.js';
import { DeliverySender } from './delivery-sender.js';
import { GoneReceivers } from './gone-receivers.js';
import { Receivers } from './receivers.js';
import { WebhookMetrics } from './webhook-metrics.js';

/** The deliveries of this process, where it does background work. */
@Injectable()
export class WebhookDeliveries {
  private feed: DeliveryFeed | undefined;
  private http: GuardedHttp | undefined;

  constructor(
    private readonly database: Database,
    private readonly cipher: DataCipher,
    private readonly publicUrl: PublicUrl,
    private readonly gone: GoneReceivers,
    private readonly metrics: WebhookMetrics,
    @Inject(webhooksConfig.KEY) private readonly config: ConfigType<typeof webhooksConfig>,
    @Inject(appConfig.KEY) private readonly app: ConfigType<typeof appConfig>,
    @InjectPinoLogger('webhooks') private readonly logger: PinoLogger,
  ) {}

  /** Its packages are loaded where there are webhooks only. */
  async start(): Promise<void> {
    const { GuardedHttp: Http } = await import('../../../platform/outbound/guarded-http.js');
    const { allowedNetworks, retryMs } = this.config;
    this.http = new Http(allowedNetworks);
    const sender = new DeliverySender({
      http: this.http,
      cipher: this.cipher,
      retryMs,
      userAgent: `${this.app.serviceName}/${this.app.version}`,
      onFailure: (error, delivery) => this.logFailure(error, delivery),
    });
    this.feed = new DeliveryFeed({
      claims: new DeliveryClaims(this.database),
      receivers: new Receivers(),
      attempt: (delivery) => this.attempt(sender, delivery),
      onEnded: (ended) => this.pauseGone(ended),
      onError: (error) => this.logStoreError(error),
    });
  }

  /** Deliveries may be due. */
  wake(): void {
    this.feed?.wake();
  }

  /** Waits for attempts, at most as long as one may take. */
  async stop(): Promise<void> {
    await this.feed?.stop();
    this.http?.close();
  }

  private async attempt(sender: DeliverySender, delivery: ClaimedDelivery): Promise<Outcome> {
    const body =
      delivery.body ?? (delivery.event && cloudEvent(delivery.event, this.publicUrl.base));
    const outcome = body === undefined ? EXPIRED : await sender.send(delivery, body);
    this.metrics.count(outcome);
    if (outcome.state === 'dead') this.logDeath(delivery);
    return outcome;
  }

  /** Before the delivery is due again. */
  private async pauseGone(ended: readonly EndedDelivery[]): Promise<void> {
    for (const { pauses, webhookId, url } of ended)
      if (pauses) await this.gone.pause(webhookId, url);
  }

  /** What failed is retried; the breaker and the lag tell operators. */
  private logFailure(err: unknown, { webhookId, id }: ClaimedDelivery): void {
    this.logger.debug({ err, webhook_id: webhookId, delivery_id: id }, 'delivery failed');
  }

  private logDeath({ webhookId, id }: ClaimedDelivery): void {
    this.logger.warn({ webhook_id: webhookId, delivery_id: id }, 'delivery is dead');
  }

  private logStoreError(err: unknown): void {
    this.logger.debug({ err }, 'deliveries not claimed or stored, tried again');
  }
}
