import { Injectable } from '@nestjs/common';

import type { StoredEvent } from '../outbox/stored-event.js';

/** Longest that `deliver` may take, in milliseconds: a lease on the users lasts longer. */
export const DELIVERY_LIMIT_MS = 3000;

/** Where events go. A new kind is one class that is added to `EventDestinations`. */
export interface EventDestination {
  /** `[a-z]+`: in the queue and a metric label. */
  readonly name: string;
  /** Whether events may wait for it; always by default. Until it is so for one, nothing is relayed. */
  isWanted?(): Promise<boolean>;
  /** Called where events are relayed, before the first delivery. */
  start?(): void | Promise<void>;
  /** Called after the last one. */
  stop?(): Promise<void>;
  /**
   * Takes events, each user's in the given order, in at most `DELIVERY_LIMIT_MS`. What it could not take is offered
   * again, first of its user: no later event of a user may be taken without the earlier one.
   * @returns the ids of those that it has taken for good.
   * @throws when it could take none, such as when it is down.
   */
  deliver(events: readonly StoredEvent[]): Promise<ReadonlySet<string>>;
}

/** The destinations of this process. */
@Injectable()
export class EventDestinations {
  private readonly listed: EventDestination[] = [];

  /** Adds one; call it in `onModuleInit`. */
  add(destination: EventDestination): void {
    this.listed.push(destination);
  }

  get all(): readonly EventDestination[] {
    return this.listed;
  }
}
