import { monitorEventLoopDelay } from 'node:perf_hooks';

import { metrics } from '@opentelemetry/api';

import { fromZero } from '../common/from-zero.js';
import { AimdLimit } from './aimd-limit.js';
import { type RequestPriority, requestPriorities } from '../declarations/request-priority.js';

/** Interval of limit updates, in ms: long enough for a mean, short enough to react in time. */
const WINDOW_MS = 200;

/**
 * Mean delay of the event loop that counts as congestion, in ms. A fifth of the latency objective
 * (0.5 s), and far above the pauses of a healthy loop.
 */
const CONGESTED_DELAY_MS = 100;

/** Answers that take longer than this count as congestion as well: a dependency is slow. */
const LATE_MS = 2000;

/** Resolution of the measurement, in ms, which is part of each of its values. */
const RESOLUTION_MS = 10;

/**
 * Share of the limit up to which each priority is admitted; the rest is reserved for higher ones.
 */
const SHARE: Readonly<Record<RequestPriority, number>> = {
  'sign-in': 1,
  read: 0.9,
  write: 0.8,
  bulk: 0.5,
};

/** Milliseconds that passwords may wait for a thread: hardly noticeable at a sign-in. */
const PASSWORD_WAIT_MS = 1000;

/** Share of the places for passwords for requests other than log-ins. */
const OTHER_PASSWORDS = 0.75;

/** Share of one source, so that an attack leaves places for other sources. */
const ONE_SOURCE = 0.5;

/**
 * Minimum places for passwords per thread: small bursts, such as retries with one
 * `Idempotency-Key`, are not overload.
 */
const LEAST_PER_THREAD = 32;

/** Time of a hash before the first one was measured, in ms. */
const TYPICAL_HASH_MS = 50;

/** How fast passwords are hashed. */
export interface HashingRate {
  readonly threads: number;
  /** Moving average of the time one takes; 0 before the first. */
  readonly runMs: number;
}

const NANOSECONDS = 1_000_000;

/** The limited resources. */
const reasons = ['requests', 'passwords'] as const;

/**
 * Admits requests within the capacity, so that they are answered in time, and refuses the rest at
 * once. The decision compares two numbers, which are updated five times a second.
 *
 * Two limits, since there are two bottlenecks. Requests share the event loop: their limit follows
 * its delay. Passwords share the threads: by Little's law as many are in flight as are hashed
 * within the time they may wait.
 */
export class AdmissionControl {
  private readonly limit = new AimdLimit({
    initial: 256,
    // Other processes on the CPU delay the loop as well, so 100 clients are always admitted.
    least: 128,
    most: 1024,
    increase: 8,
    backoff: 0.9,
  });

  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly timer: NodeJS.Timeout;
  private readonly rejected = metrics
    .getMeter('overload')
    .createCounter('admission_rejected_total', {
      unit: '{request}',
      description: 'Requests refused by admission control, by priority and reason.',
    });

  private thresholds = this.shares();
  private passwordLimit = 0;
  private requests = 0;
  private passwords = 0;
  private readonly passwordsBySource = new Map<string, number>();
  private peak = 0;
  private late = false;

  constructor(private readonly hashing: HashingRate) {
    this.delay.enable();
    this.judgePasswords();
    fromZero(this.rejected, { priority: requestPriorities, reason: reasons });
    this.timer = setInterval(() => this.judge(), WINDOW_MS);
    this.timer.unref();
    const meter = metrics.getMeter('overload');
    meter
      .createObservableGauge('admission_limit', {
        unit: '{request}',
        description: 'Most that are let in at once.',
      })
      .addCallback((result) => {
        result.observe(this.limit.current, { kind: 'requests' });
        result.observe(this.passwordLimit, { kind: 'passwords' });
      });
    meter
      .createObservableGauge('admission_inflight', {
        unit: '{request}',
        description: 'Let in and not yet answered.',
      })
      .addCallback((result) => {
        result.observe(this.requests, { kind: 'requests' });
        result.observe(this.passwords, { kind: 'passwords' });
      });
  }

  /** Admits a request. @returns false if it is refused; otherwise call `leave` at its end. */
  enter(priority: RequestPriority): boolean {
    if (this.requests >= this.thresholds[priority]) return this.refuse(priority, 'requests');
    this.requests += 1;
    if (this.requests > this.peak) this.peak = this.requests;
    return true;
  }

  /** @param tookMs from admission to the answer. */
  leave(tookMs: number): void {
    this.requests -= 1;
    if (tookMs > LATE_MS) this.late = true;
  }

  /**
   * Admits a password, in addition to its request.
   * @param source the source of the request. @returns as `enter`; `leavePassword` follows.
   */
  enterPassword(priority: RequestPriority, source: string): boolean {
    const share = priority === 'sign-in' ? 1 : OTHER_PASSWORDS;
    const ofSource = this.passwordsBySource.get(source) ?? 0;
    if (this.passwords >= this.passwordLimit * share || ofSource >= this.passwordLimit * ONE_SOURCE)
      return this.refuse(priority, 'passwords');
    this.passwords += 1;
    this.passwordsBySource.set(source, ofSource + 1);
    return true;
  }

  leavePassword(source: string): void {
    this.passwords -= 1;
    const left = (this.passwordsBySource.get(source) ?? 0) - 1;
    if (left > 0) this.passwordsBySource.set(source, left);
    else this.passwordsBySource.delete(source);
  }

  close(): void {
    clearInterval(this.timer);
    this.delay.disable();
  }

  private refuse(priority: RequestPriority, reason: (typeof reasons)[number]): false {
    this.rejected.add(1, { priority, reason });
    return false;
  }

  private judge(): void {
    // The mean walks through all counts each time; without a single long delay it cannot be long.
    const congested = isLong(this.delay.max) && isLong(this.delay.mean);
    this.delay.reset();
    this.limit.update(this.peak, this.late || congested);
    this.thresholds = this.shares();
    this.judgePasswords();
    this.peak = this.requests;
    this.late = false;
  }

  private judgePasswords(): void {
    const { threads, runMs } = this.hashing;
    const perThread = 1 + PASSWORD_WAIT_MS / (runMs || TYPICAL_HASH_MS);
    this.passwordLimit = Math.ceil(threads * Math.max(LEAST_PER_THREAD, perThread));
  }

  private shares(): Record<RequestPriority, number> {
    const entries = requestPriorities.map(
      (name) => [name, Math.floor(this.limit.current * SHARE[name])] as const,
    );
    return Object.fromEntries(entries) as Record<RequestPriority, number>;
  }
}

/** Whether a measured delay of the event loop, in ns, counts as congestion. */
function isLong(delay: number): boolean {
  return delay / NANOSECONDS - RESOLUTION_MS > CONGESTED_DELAY_MS;
}
