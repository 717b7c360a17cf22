import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { Database } from '../../database/database.js';
import { SHARES } from '../outbox/event-statement.js';
import { DELIVERY_LIMIT_MS } from './event-destination.js';

/** How long a lease lasts: the users of a killed relay wait for so long, and a tick. */
const LEASE_MS = 6000;
const TICK_MS = 1500;
/** For the clock of the database, which starts the lease later than ours. */
const MARGIN_MS = 250;

/**
 * Extends the own leases and takes free ones, up to a fair part. Relays that do so at the same time skip each other's
 * rows, and have their fair part after a few ticks.
 */
const LEASE = `
  WITH dead AS (
    DELETE FROM public.event_relays WHERE until < now() - interval '1 minute' AND id <> $1),
  alive AS (
    INSERT INTO public.event_relays AS relay (id, until) VALUES ($1, now() + make_interval(secs => $2))
        ON CONFLICT (id) DO UPDATE SET until = excluded.until),
  fair AS (
    SELECT ceil(${SHARES}.0 / (1 + count(*)))::int AS most
      FROM public.event_relays WHERE id <> $1 AND until > now()),
  mine AS (
    SELECT share FROM public.event_shares WHERE relay_id = $1 OR until < now()
     ORDER BY relay_id IS NOT DISTINCT FROM $1 DESC, share
     LIMIT (SELECT most FROM fair) FOR UPDATE SKIP LOCKED)
  UPDATE public.event_shares AS held SET relay_id = $1, until = now() + make_interval(secs => $2)
    FROM mine WHERE held.share = mine.share
  RETURNING held.share`;
const RELEASE = `
  UPDATE public.event_shares SET relay_id = NULL, until = '-infinity'
   WHERE relay_id = $1 AND share = ANY($2::smallint[])`;
const LEAVE = 'DELETE FROM public.event_relays WHERE id = $1';

/**
 * The parts of the users that this relay works on, leased in the database: one relay at a time delivers the events of a
 * user, so that they keep their order.
 */
@Injectable()
export class EventShares {
  readonly relayId = randomUUID();
  private leased: readonly number[] = [];
  private validUntil = -Infinity;
  /** Deliveries that go on, with their shares. */
  private readonly working = new Set<{
    readonly shares: readonly number[];
    readonly end: Promise<void>;
  }>();
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> = Promise.resolve();
  private stopped = false;
  private onChange: () => void = () => undefined;

  constructor(private readonly database: Database) {}

  /** @param onChange called when shares have come. */
  start(onChange: () => void): void {
    this.onChange = onChange;
    this.ticking = this.tick();
  }

  /** The shares that events may be delivered of now: for `DELIVERY_LIMIT_MS` no other relay has them. */
  get held(): readonly number[] {
    const usable = performance.now() < this.validUntil - DELIVERY_LIMIT_MS;
    return usable ? this.leased : [];
  }

  /** Runs a delivery; its shares are kept until it ends. */
  async during<Result>(shares: readonly number[], work: () => Promise<Result>): Promise<Result> {
    const ended = Promise.withResolvers<void>();
    const entry = { shares, end: ended.promise };
    this.working.add(entry);
    try {
      return await work();
    } finally {
      this.working.delete(entry);
      ended.resolve();
    }
  }

  /** Gives all shares to the other relays, once deliveries have ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.ticking;
    const shares = this.leased;
    this.leased = [];
    await this.release(shares);
    await this.database.write({ text: LEAVE, values: [this.relayId] }).catch(() => undefined);
  }

  private async tick(): Promise<void> {
    const asked = performance.now();
    try {
      const { rows } = await this.database.write<{ share: number }>({
        text: LEASE,
        values: [this.relayId, LEASE_MS / 1000],
      });
      const before = this.leased;
      this.leased = rows.map(({ share }) => share);
      this.validUntil = asked + LEASE_MS - MARGIN_MS;
      const excess = before.filter((share) => !this.leased.includes(share));
      if (excess.length > 0) await this.release(excess);
      if (this.leased.some((share) => !before.includes(share))) this.onChange();
    } catch {
      // The database is down, which is logged elsewhere. The leases run out.
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.ticking = this.tick();
    }, TICK_MS);
  }

  private async release(shares: readonly number[]): Promise<void> {
    const busy = [...this.working].filter((each) =>
      each.shares.some((share) => shares.includes(share)),
    );
    await Promise.all(busy.map(({ end }) => end));
    await this.database
      .write({ text: RELEASE, values: [this.relayId, shares] })
      .catch(() => undefined);
  }
}
