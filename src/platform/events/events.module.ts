import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { EventArrivals } from './outbox/event-arrivals.js';
import { EventCounter } from './outbox/event-counter.entity.js';
import { StoredEventRow } from './outbox/event.entity.js';
import { KnownDestinations } from './outbox/known-destinations.js';
import { ListedDestination } from './outbox/listed-destination.entity.js';
import { QueuedEvent } from './outbox/queued-event.entity.js';
import { EventOutbox } from './outbox/event-outbox.js';
import { EventRetention } from './outbox/event-retention.js';
import { EventStatus } from './outbox/event-status.js';
import { EventStore } from './outbox/event-store.js';
import { NatsDestination } from './nats/nats-destination.js';
import { EventDestinations } from './relay/event-destination.js';
import { EventRelay } from './relay/event-relay.js';
import { RelayProcess } from './relay/event-relay.entity.js';
import { EventShare } from './relay/event-share.entity.js';
import { EventShares } from './relay/event-shares.js';
import { EventSchemasController } from './schemas/event-schemas.controller.js';
import { RelayMetrics } from './relay/relay-metrics.js';

const PROVIDERS = [
  EventOutbox,
  EventArrivals,
  KnownDestinations,
  EventStore,
  EventStatus,
  EventRetention,
  EventDestinations,
  EventShares,
];

/** Storing events, and reading stored ones. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      StoredEventRow,
      EventCounter,
      QueuedEvent,
      ListedDestination,
      RelayProcess,
      EventShare,
    ]),
  ],
  providers: [...PROVIDERS],
  exports: [...PROVIDERS],
})
export class EventsModule {}

/** Bringing them to their destinations, in the processes that do background work. */
@Module({
  imports: [EventsModule],
  providers: [EventRelay, RelayMetrics, NatsDestination],
})
export class EventRelayModule {}

/** What they consist of, over HTTP. */
@Module({ controllers: [EventSchemasController] })
export class EventsHttpModule {}
