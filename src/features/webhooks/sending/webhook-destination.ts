import { Injectable, type OnModuleInit } from '@nestjs/common';

import { Database } from '../../../platform/database/database.js';
import type { StoredEvent } from '../../../platform/events/outbox/stored-event.js';
import {
  DELIVERY_LIMIT_MS,
  type EventDestination,
  EventDestinations,
} from '../../../platform/events/relay/event-destination.js';
import { WEBHOOKS } from '../webhook-destination-name.js';
import { FanOut } from '../deliveries/fan-out.js';
import { WebhookDeliveries } from './webhook-deliveries.js';

/** Events of one statement: with a hundred webhooks it takes a part of the time that there is. */
const SLICE = 64;

/**
 * Webhooks as a destination of events: each event becomes a delivery for every webhook that wants it. From there on
 * deliveries go their own ways, so that no receiver holds up the relay.
 */
@Injectable()
export class WebhookDestination implements EventDestination, OnModuleInit {
  readonly name = WEBHOOKS;

  constructor(
    private readonly destinations: EventDestinations,
    private readonly database: Database,
    private readonly fanOut: FanOut,
    private readonly deliveries: WebhookDeliveries,
  ) {}

  onModuleInit(): void {
    this.destinations.add(this);
  }

  /** Until the first webhook is created, a process spends nothing on deliveries. */
  async isWanted(): Promise<boolean> {
    const rows = await this.database.readPrepared('SELECT id FROM public.webhooks LIMIT 1', []);
    return rows.length > 0;
  }

  async start(): Promise<void> {
    await this.deliveries.start();
  }

  async stop(): Promise<void> {
    await this.deliveries.stop();
  }

  async deliver(events: readonly StoredEvent[]): Promise<ReadonlySet<string>> {
    const until = performance.now() + DELIVERY_LIMIT_MS / 2;
    const taken = new Set<string>();
    for (let at = 0; at < events.length && performance.now() < until; at += SLICE) {
      const slice = events.slice(at, at + SLICE);
      if ((await this.fanOut.events(slice)) > 0) this.deliveries.wake();
      for (const { id } of slice) taken.add(id);
    }
    return taken;
  }
}
