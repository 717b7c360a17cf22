import { setTimeout as delay } from 'node:timers/promises';

import { InterruptiblePause } from '../../common/interruptible-pause.js';
import type { EventStore, Queued } from '../outbox/event-store.js';
import type { StoredEvent } from '../outbox/stored-event.js';
import type { EventDestination } from './event-destination.js';
import type { EventShares } from './event-shares.js';

/** Events that are read and delivered at once: memory is bounded by them. */
const BATCH = 256;
/** Polling finds events with a lost notification, and shares that have come. */
const POLL_MS = 1000;
/** Pause after a failure; doubled up to the longest. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

export interface DestinationFeedOptions {
  readonly destination: EventDestination;
  readonly store: EventStore;
  readonly shares: EventShares;
  /** Whether it works on a share; another feed works on the others. */
  readonly worksOn: (share: number) => boolean;
  /** Called after each delivery. */
  readonly onDelivered: (count: number) => void;
  /** Called after a failure: what could not be delivered is tried again. */
  readonly onFailure: (error: unknown, count: number) => void;
}

/** Feeds one destination with the events of the shares that this process holds, batch by batch. */
export class DestinationFeed {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private readonly pause = new InterruptiblePause();
  private pauseMs = 0;

  constructor(private readonly options: DestinationFeedOptions) {}

  start(): void {
    this.running = this.run();
  }

  /** Events may have arrived. */
  wake(): void {
    this.pause.interrupt();
  }

  /** Waits for the delivery that goes on. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.pause.reset();
      const more = await this.deliverNext();
      if (this.pauseMs > 0) await delay(this.pauseMs, undefined, { signal }).catch(() => undefined);
      else if (!more) await this.pause.upTo(POLL_MS);
    }
  }

  /** @returns whether more may wait. */
  private async deliverNext(): Promise<boolean> {
    const { destination, store, shares, worksOn } = this.options;
    const held = shares.held.filter(worksOn);
    if (held.length === 0) return false;
    const perShare = Math.ceil(BATCH / held.length);
    return shares.during(held, async () => {
      let queued: Queued[] = [];
      try {
        queued = await store.next(destination.name, held, perShare);
        if (queued.length === 0) return false;
        const done = await this.deliver(queued);
        await store.taken(destination.name, held, done);
        this.pauseMs = done.length > 0 ? 0 : this.nextPause();
        return true;
      } catch (error) {
        this.pauseMs = this.nextPause();
        this.options.onFailure(error, queued.length);
        return true;
      }
    });
  }

  /** @returns the places that are done with: delivered, or older than the retention. */
  private async deliver(queued: readonly Queued[]): Promise<string[]> {
    const events = queued.flatMap(({ event }): StoredEvent[] => (event ? [event] : []));
    const taken =
      events.length > 0 ? await this.options.destination.deliver(events) : new Set<string>();
    if (taken.size > 0) this.options.onDelivered(taken.size);
    return queued.flatMap(({ place, event }) =>
      event === undefined || taken.has(event.id) ? [place] : [],
    );
  }

  private nextPause(): number {
    return Math.min(Math.max(FIRST_PAUSE_MS, 2 * this.pauseMs), LONGEST_PAUSE_MS);
  }
}
