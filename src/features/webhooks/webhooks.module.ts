import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { DataKeyModule } from '../../platform/data-key/data-key.module.js';
import { EventsModule } from '../../platform/events/events.module.js';
import { deliveriesController } from './deliveries/deliveries.controller.js';
import { DeliveriesRepository } from './deliveries/deliveries.repository.js';
import { Deliveries } from './deliveries/deliveries.service.js';
import { DeliveryLane } from './deliveries/delivery-lane.entity.js';
import { Delivery } from './deliveries/delivery.entity.js';
import { ReplayHandler, Replays } from './deliveries/replays.js';
import { WebhookSecret } from './management/webhook-secret.entity.js';
import { Webhook } from './management/webhook.entity.js';
import { webhooksController } from './management/webhooks.controller.js';
import { WebhooksRepository } from './management/webhooks.repository.js';
import { Webhooks } from './management/webhooks.service.js';
import { FanOut } from './deliveries/fan-out.js';
import { GoneReceivers } from './sending/gone-receivers.js';
import { WebhookDeliveries } from './sending/webhook-deliveries.js';
import { WebhookDestination } from './sending/webhook-destination.js';
import { WebhookMetrics } from './sending/webhook-metrics.js';

/** Webhooks in the database, and replays for them. */
@Module({
  imports: [
    DataKeyModule,
    EventsModule,
    TypeOrmModule.forFeature([Webhook, WebhookSecret, Delivery, DeliveryLane]),
  ],
  providers: [WebhooksRepository, Webhooks, Replays],
  exports: [WebhooksRepository, Webhooks, Replays],
})
export class WebhookRecordsModule {}

/** Deliveries, in the processes that do background work. */
@Module({
  imports: [WebhookRecordsModule, DataKeyModule, EventsModule],
  providers: [
    WebhookDestination,
    FanOut,
    WebhookDeliveries,
    GoneReceivers,
    WebhookMetrics,
    ReplayHandler,
  ],
})
export class WebhooksModule {}

/** The same with the administration over HTTP. */
@Module({})
export class WebhooksHttpModule {
  /** @param eventTypes of all features, for the API description. */
  static forRoot(eventTypes: readonly string[]): DynamicModule {
    return {
      module: WebhooksHttpModule,
      imports: [WebhooksModule, WebhookRecordsModule],
      controllers: [webhooksController(eventTypes), deliveriesController(eventTypes)],
      providers: [Deliveries, DeliveriesRepository],
    };
  }
}
