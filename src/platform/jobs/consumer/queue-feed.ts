import { setTimeout as delay } from 'node:timers/promises';

import type { JobWithMetadata, PgBoss } from 'pg-boss';

import { InterruptiblePause } from '../../common/interruptible-pause.js';
import type { JobEnvelope } from '../queue/job-queue.js';
import { HEARTBEAT_SECONDS } from '../queue/job-schema.js';
import { settleJobs, type SettledJob } from './job-settlement.js';

/** A job with its data: an envelope, unless the row was written by hand. */
export type FetchedJob = JobWithMetadata<JobEnvelope | null>;

/** The result of an attempt, and whether the policy of its dependency refused it. */
export interface EndedJob extends SettledJob {
  readonly refused?: boolean;
}

export interface QueueFeedOptions {
  readonly boss: PgBoss;
  readonly queue: string;
  /** Jobs at once. */
  readonly slots: number;
  /** Runs an attempt; never throws. */
  readonly run: (job: FetchedJob) => Promise<EndedJob>;
  /** Called when a statement failed; it is tried again. */
  readonly onError: (error: Error) => void;
}

/**
 * Jobs that are fetched, and settled, by one statement. Eight at a time take a fifth less CPU per
 * mail than four, most of it PostgreSQL's.
 */
const BATCH = 8;
/** How long a free slot or a finished job waits to share a statement with others. */
const LINGER_MS = 10;
/** The pause while a policy refuses calls, or results cannot be stored. */
const PAUSE_MS = 1000;

/**
 * Keeps the slots of a queue filled: a slot takes the next job as soon as its current one ends.
 * Fetching and settling run concurrently, and share statements between jobs. It fetches when slots become free and jobs are left, and
 * whenever it is woken.
 */
export class QueueFeed {
  /** Fetched and not settled: they get heartbeats. */
  private readonly held = new Set<FetchedJob>();
  private ended: { readonly job: FetchedJob; readonly end: EndedJob }[] = [];
  private running = 0;
  /** More jobs may wait, so the next free slots fetch at once. */
  private more = true;
  private readonly pause = new InterruptiblePause();
  private lingering: NodeJS.Timeout | undefined;
  private settling = false;
  private settled: Promise<void> = Promise.resolve();
  private pausedUntil = 0;
  private readonly stopping = new AbortController();
  private readonly batch: number;
  private readonly heartbeat: NodeJS.Timeout;
  private readonly feeding: Promise<void>;
  private idle: () => void = () => undefined;

  constructor(private readonly options: QueueFeedOptions) {
    this.batch = Math.min(BATCH, Math.max(1, Math.floor(options.slots / 2)));
    this.heartbeat = setInterval(() => void this.beat(), (HEARTBEAT_SECONDS * 1000) / 2);
    this.feeding = this.feed();
  }

  /** Jobs may have arrived, or have become due. */
  wake(): void {
    this.pause.interrupt();
  }

  /** Stops fetching, waits for active jobs and settles them. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.feeding;
    if (this.running > 0) await new Promise<void>((resolve) => (this.idle = resolve));
    await this.settled;
    clearInterval(this.heartbeat);
  }

  private async feed(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.pause.reset();
      const room = this.room();
      const jobs = room > 0 ? await this.fetch(room) : [];
      this.more = jobs.length === room;
      for (const job of jobs) void this.attempt(job);
      await this.rest();
    }
  }

  /** Free slots; fewer while finished jobs cannot be settled. */
  private room(): number {
    const { slots } = this.options;
    return Math.max(0, Math.min(slots - this.running, 2 * slots - this.held.size));
  }

  private async fetch(batchSize: number): Promise<FetchedJob[]> {
    const { boss, queue, onError } = this.options;
    try {
      return await boss.fetch<JobEnvelope | null>(queue, { batchSize, includeMetadata: true });
    } catch (error) {
      onError(error as Error);
      return [];
    }
  }

  /** Until there may be jobs, and slots for them. */
  private async rest(): Promise<void> {
    const { signal } = this.stopping;
    const refusing = this.pausedUntil - performance.now();
    if (refusing > 0) await delay(refusing, undefined, { signal }).catch(() => undefined);
    await this.pause.untilNews();
  }

  private async attempt(job: FetchedJob): Promise<void> {
    this.held.add(job);
    this.running += 1;
    const end = await this.options.run(job);
    this.running -= 1;
    this.ended.push({ job, end });
    if (end.refused === true) this.pausedUntil = performance.now() + PAUSE_MS;
    if (this.running === 0) this.idle();
    if (this.running === 0 || this.ended.length >= this.batch) this.turnOver();
    else this.lingering ??= setTimeout(() => this.turnOver(), LINGER_MS);
  }

  /** Settles finished jobs, and fills the slots again. */
  private turnOver(): void {
    clearTimeout(this.lingering);
    this.lingering = undefined;
    if (!this.settling) this.settled = this.settleAll();
    if (this.more) this.wake();
  }

  /** One statement at a time: jobs that finish meanwhile share the next one. */
  private async settleAll(): Promise<void> {
    this.settling = true;
    while (this.ended.length > 0) {
      const ended = this.ended;
      this.ended = [];
      if (await this.settle(ended)) continue;
      // At the end their heartbeat expires, and another process repeats the attempt.
      if (this.stopping.signal.aborted) break;
      this.ended.push(...ended);
      await delay(PAUSE_MS);
    }
    this.settling = false;
  }

  private async settle(ended: QueueFeed['ended']): Promise<boolean> {
    const { boss, queue, onError } = this.options;
    try {
      await settleJobs(
        boss,
        queue,
        ended.map(({ end }) => end),
      );
      for (const { job } of ended) this.held.delete(job);
      return true;
    } catch (error) {
      onError(error as Error);
      return false;
    }
  }

  private async beat(): Promise<void> {
    if (this.held.size === 0) return;
    try {
      await this.options.boss.touch(this.options.queue, [...this.held]);
    } catch (error) {
      this.options.onError(error as Error);
    }
  }
}
