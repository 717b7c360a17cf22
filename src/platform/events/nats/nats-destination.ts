import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { Outages } from '../../observability/logging/outages.js';
import { PublicUrl } from '../../mail/messages/public-url.js';
import { eventsConfig, NATS } from '../events.config.js';
import { cloudEvent, type StoredEvent } from '../outbox/stored-event.js';
import {
  DELIVERY_LIMIT_MS,
  type EventDestination,
  EventDestinations,
} from '../relay/event-destination.js';
import type { JetStreamPublisher } from './jetstream-publisher.js';

/** A connection, a look at the stream and a publication fit into a delivery. */
const ANSWER_MS = DELIVERY_LIMIT_MS / 3;

/** NATS JetStream: stream `USERS`, subject `users.<type>`, deduplicated by the id of the event. */
@Injectable()
export class NatsDestination implements EventDestination, OnModuleInit {
  readonly name = NATS;
  private publisher: JetStreamPublisher | undefined;

  constructor(
    @Inject(eventsConfig.KEY) private readonly config: ConfigType<typeof eventsConfig>,
    private readonly destinations: EventDestinations,
    private readonly publicUrl: PublicUrl,
    private readonly outages: Outages,
  ) {}

  onModuleInit(): void {
    if (this.config.nats !== undefined) this.destinations.add(this);
  }

  /** The client is loaded where events are relayed to NATS only: it takes 22 ms and 11 MiB. */
  async start(): Promise<void> {
    const { nats: servers, credentials, retentionDays } = this.config;
    if (servers === undefined) return;
    const { JetStreamPublisher: Publisher } = await import('./jetstream-publisher.js');
    const outage = this.outages.of('nats');
    this.publisher = new Publisher({
      ...servers,
      credentials,
      retentionDays,
      outage,
      answerMs: ANSWER_MS,
    });
  }

  async stop(): Promise<void> {
    await this.publisher?.close();
  }

  /** Users side by side, the events of each one by one: a failed one stops those behind it. */
  async deliver(events: readonly StoredEvent[]): Promise<ReadonlySet<string>> {
    const { publisher } = this;
    if (publisher === undefined) throw new Error('not started');
    const taken = new Set<string>();
    const lastStart = performance.now() + DELIVERY_LIMIT_MS - ANSWER_MS;
    const users = Map.groupBy(events, ({ userId }) => userId);
    const results = await Promise.allSettled(
      [...users.values()].map(async (own) => {
        for (const event of own) {
          if (taken.size > 0 && performance.now() > lastStart) return;
          await publisher.publish(event.type, event.id, cloudEvent(event, this.publicUrl.base));
          taken.add(event.id);
        }
      }),
    );
    const failed = results.find(({ status }) => status === 'rejected');
    if (taken.size === 0 && failed?.status === 'rejected') throw failed.reason;
    return taken;
  }
}
