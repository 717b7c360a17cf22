import { setTimeout as delay } from 'node:timers/promises';

import { InterruptiblePause } from '../../../platform/common/interruptible-pause.js';
import type { ClaimedDelivery, DeliveryClaims, EndedDelivery } from './delivery-claims.js';
import type { Outcome } from './delivery-outcome.js';
import type { Receivers } from './receivers.js';

/** Polling finds retries that have become due, and what killed processes had claimed. */
const POLL_MS = 1000;
/** Claims are extended three times before they would end. */
const EXTEND_MS = 2000;
/** How long an ended attempt waits to share a statement with others. */
const LINGER_MS = 5;

export interface DeliveryFeedOptions {
  readonly claims: DeliveryClaims;
  readonly receivers: Receivers;
  /** Runs an attempt; never throws. */
  readonly attempt: (delivery: ClaimedDelivery) => Promise<Outcome>;
  /** Called before ended attempts are stored. */
  readonly onEnded: (ended: readonly EndedDelivery[]) => Promise<void>;
  /** Called when a statement failed; it is tried again. */
  readonly onError: (error: unknown) => void;
}

/**
 * Claims deliveries that are due and attempts them, each webhook in slots of its own. One statement claims for all
 * webhooks, another one stores what has ended.
 */
export class DeliveryFeed {
  private readonly stopping = new AbortController();
  /** Claimed and not settled, by user and webhook. */
  private readonly held = new Map<string, ClaimedDelivery>();
  private ended: EndedDelivery[] = [];
  private settling: Promise<void> | undefined;
  private readonly pause = new InterruptiblePause();
  private idle: () => void = () => undefined;
  private readonly extending: NodeJS.Timeout;
  private readonly running: Promise<void>;

  constructor(private readonly options: DeliveryFeedOptions) {
    this.extending = setInterval(() => void this.extend(), EXTEND_MS);
    this.running = this.run();
  }

  /** Deliveries may be due. */
  wake(): void {
    this.pause.interrupt();
  }

  /** Claims no more, waits for attempts and stores how they ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
    if (this.held.size > 0) await new Promise<void>((resolve) => (this.idle = resolve));
    clearInterval(this.extending);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.pause.reset();
      if (!(await this.claim())) await this.pause.upTo(POLL_MS);
    }
  }

  /** @returns whether more may be due. */
  private async claim(): Promise<boolean> {
    const { claims, receivers, onError } = this.options;
    try {
      const { deliveries, isFull } = await claims.next(receivers.rooms());
      for (const delivery of deliveries) void this.attempt(delivery);
      return isFull;
    } catch (error) {
      onError(error);
      return false;
    }
  }

  private async attempt(delivery: ClaimedDelivery): Promise<void> {
    const { id, webhookId, userId, url, triedSince } = delivery;
    const lane = laneOf(delivery);
    // It was claimed again after a pause of this process, or of the database: the attempt goes on.
    if (this.held.has(lane)) return;
    this.held.set(lane, delivery);
    const receiver = this.options.receivers.of(delivery);
    const outcome = await receiver.run(() => this.options.attempt(delivery));
    this.ended.push({ id, webhookId, userId, url, triedSince, ...outcome });
    this.settling ??= this.settleAll();
  }

  /** Attempts that end meanwhile share the next statement. */
  private async settleAll(): Promise<void> {
    while (this.ended.length > 0) {
      await delay(LINGER_MS);
      const ended = this.ended;
      this.ended = [];
      await this.settle(ended);
    }
    this.settling = undefined;
  }

  /** While the database is away the process keeps what has ended; others may attempt it again. */
  private async settle(ended: readonly EndedDelivery[]): Promise<void> {
    const { claims, onEnded, onError } = this.options;
    try {
      await onEnded(ended);
      await claims.settle(ended);
      this.release(ended);
    } catch (error) {
      onError(error);
      if (this.stopping.signal.aborted) return this.release(ended);
      await delay(POLL_MS);
      this.ended.push(...ended);
    }
  }

  private release(ended: readonly EndedDelivery[]): void {
    for (const each of ended) this.held.delete(laneOf(each));
    if (this.held.size === 0) this.idle();
    this.wake();
  }

  private async extend(): Promise<void> {
    if (this.held.size === 0) return;
    await this.options.claims.extend([...this.held.values()]).catch(this.options.onError);
  }
}

function laneOf({ webhookId, userId }: Pick<ClaimedDelivery, 'webhookId' | 'userId'>): string {
  return `${webhookId} ${userId}`;
}
