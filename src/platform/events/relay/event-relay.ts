import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { fromZero } from '../../common/from-zero.js';
import { InterruptiblePause } from '../../common/interruptible-pause.js';
import { DatabaseConnector } from '../../database/connection/database-connector.js';
import { DatabaseListener } from '../../database/connection/database-listener.js';
import { EventArrivals, EVENTS_CHANNEL } from '../outbox/event-arrivals.js';
import { EventStore } from '../outbox/event-store.js';
import { DestinationFeed } from './destination-feed.js';
import { type EventDestination, EventDestinations } from './event-destination.js';
import { EventShares } from './event-shares.js';

/** How often a service without destinations looks for one, beside notifications. */
const LOOK_MS = 1000;

/** Brings stored events to their destinations. Any number of processes share the work by user. */
@Injectable()
export class EventRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly delivered = metrics.getMeter('events').createCounter('events_relayed_total', {
    unit: '{event}',
    description:
      'Events that were offered to a destination: delivered, or failed and offered again.',
  });
  private feeds: readonly DestinationFeed[] = [];
  private starting: Promise<void> = Promise.resolve();
  private stopped = false;
  private readonly pause = new InterruptiblePause();

  constructor(
    private readonly destinations: EventDestinations,
    private readonly store: EventStore,
    private readonly shares: EventShares,
    private readonly arrivals: EventArrivals,
    private readonly listener: DatabaseListener,
    private readonly connector: DatabaseConnector,
    @InjectPinoLogger('events') private readonly logger: PinoLogger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.destinations.all.length > 0) this.starting = this.start();
  }

  /** Waits for deliveries that go on, then gives the users to the other relays. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.pause.interrupt();
    await this.starting;
    await Promise.all(this.feeds.map((feed) => feed.stop()));
    if (this.feeds.length > 0) await this.shares.stop();
    await Promise.all(this.destinations.all.map(async (destination) => destination.stop?.()));
  }

  private async start(): Promise<void> {
    await this.connector.whenConnected();
    const wake = () => this.wake();
    this.arrivals.onArrival(wake);
    await this.listener.listen(EVENTS_CHANNEL, wake, wake);
    await this.whenWanted();
    if (this.stopped) return;
    for (const destination of this.destinations.all) await destination.start?.();
    this.feeds = this.destinations.all.flatMap((destination) =>
      [0, 1].map((half) => this.feed(destination, (share) => share % 2 === half)),
    );
    for (const feed of this.feeds) feed.start();
    this.shares.start(wake);
  }

  /** Events have arrived, or a destination has. */
  private wake(): void {
    this.pause.interrupt();
    for (const feed of this.feeds) feed.wake();
  }

  /** A service without destinations spends nothing on them but a look now and then. */
  private async whenWanted(): Promise<void> {
    while (!this.stopped) {
      this.pause.reset();
      if (await this.isWanted()) return;
      await this.pause.upTo(LOOK_MS);
    }
  }

  /** While the database is away nobody knows: the next look may tell. */
  private async isWanted(): Promise<boolean> {
    const wanted = this.destinations.all.map(
      async (destination) => (await destination.isWanted?.().catch(() => false)) ?? true,
    );
    return (await Promise.all(wanted)).includes(true);
  }

  /** Two for each destination: one delivers while the other waits for the database. */
  private feed(
    destination: EventDestination,
    worksOn: (share: number) => boolean,
  ): DestinationFeed {
    const { name } = destination;
    fromZero(this.delivered, { destination: [name], result: ['delivered', 'failed'] });
    return new DestinationFeed({
      destination,
      store: this.store,
      shares: this.shares,
      worksOn,
      onDelivered: (count) => this.delivered.add(count, { destination: name, result: 'delivered' }),
      onFailure: (error, count) => {
        this.delivered.add(count, { destination: name, result: 'failed' });
        this.logFailure(error, name);
      },
    });
  }

  private logFailure(err: unknown, dependency: string): void {
    this.logger.debug({ err, dependency }, 'events not delivered, tried again');
  }
}
