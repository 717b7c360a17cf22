import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { context, propagation } from '@opentelemetry/api';
import { v7 as uuidv7 } from 'uuid';

import { type Write, type WriteKind, writeOf } from '../../database/transactions/write.js';
import type { EventType, EventTypes } from '../../declarations/event-definition.js';
import { eventsConfig } from '../events.config.js';
import { EventArrivals } from './event-arrivals.js';
import { KnownDestinations } from './known-destinations.js';
import { type NewEvent, storing } from './event-statement.js';

/** Something that happened to a user. */
export interface EventEntry<Type extends EventType> {
  readonly type: Type;
  readonly userId: string;
  readonly data: EventTypes[Type];
}

/** What other services learn, committed with the change (transactional outbox). */
@Injectable()
export class EventOutbox {
  private readonly kind: WriteKind<NewEvent>;

  constructor(
    @Inject(eventsConfig.KEY) private readonly config: ConfigType<typeof eventsConfig>,
    private readonly known: KnownDestinations,
    arrivals: EventArrivals,
  ) {
    this.kind = {
      name: 'events',
      isWanted: () => known.mayExist(),
      store: async (run, events, lockTimeoutMs) => {
        await run(storing(events, config.destinations, lockTimeoutMs));
        arrivals.expect();
      },
    };
  }

  /** Whether there may be a destination: without one, nothing needs to be read for an event. */
  get mayBeStored(): boolean {
    return this.known.mayExist();
  }

  /** Whether events hold the user, as the API shows it, beside ids. */
  get withProfile(): boolean {
    return this.config.data === 'profile';
  }

  /**
   * An event, with the current trace. It is stored if there is a destination at its commit.
   * Commit it after the locks of its transaction: it locks the counter of its user.
   */
  insertion<Type extends EventType>({ type, userId, data }: EventEntry<Type>): Write {
    const carrier: { traceparent?: string } = {};
    propagation.inject(context.active(), carrier);
    return writeOf(this.kind, {
      id: uuidv7(),
      type,
      user_id: userId,
      traceparent: carrier.traceparent ?? null,
      data,
    });
  }
}
