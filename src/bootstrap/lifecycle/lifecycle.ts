import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from 'pino';

import type { EndSignals } from './end-signals.js';

/** How long the way out may take. */
export interface Patience {
  /** How long to serve on after `/ready` turned 503, so that load balancers notice. */
  readonly delayMs: number;
  /** How long it may take to finish work in hand and to close everything. */
  readonly timeoutMs: number;
}

/** What a process that serves has to say on its way out. */
export interface Serving {
  /** Says that no new work should come: `/ready` turns 503. */
  drain(): void;
  /** What is still being done, for the log when it has to be given up. */
  workInHand(): readonly string[];
}

/**
 * The way out of a process: on SIGTERM or SIGINT, and after an unhandled error. What was
 * opened is closed in reverse order. A signal that comes while the process starts waits until it
 * serves, which is soon; an error does not.
 */
export class Lifecycle {
  private readonly log: Logger;
  private readonly closers: (() => Promise<unknown>)[] = [];
  private serves: Serving | undefined;
  private ending = false;
  /** Of a process that has closed everything in time; an error on the way out counts, too. */
  private exitCode = 0;

  constructor(
    private readonly signals: EndSignals,
    logger: Logger,
    private readonly patience: Patience,
  ) {
    this.log = logger.child({ logger: 'lifecycle' });
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => {
        this.log.fatal({ err: error, reason: event }, 'unhandled error, shutting down');
        this.exitCode = 1;
        this.end(0);
      });
    }
  }

  /** Ends a process that cannot do its work, with one line that says why and exit code 1. */
  giveUp(why: string): void {
    this.log.fatal(why);
    this.exitCode = 1;
    this.end(0);
  }

  /** @param close what to do on the way out, before what was opened earlier is closed. */
  opened(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  /** The process is up. */
  serving(serves: Serving): void {
    this.serves = serves;
    // A process that ends before it served has no requests to wait for.
    let delayMs = 0;
    this.signals.handle((signal) => {
      const work = serves.workInHand().join(', ');
      this.log.info({ signal, delay_ms: delayMs, ...(work && { work }) }, 'shutting down');
      this.end(delayMs);
    });
    delayMs = this.patience.delayMs;
  }

  private end(delayMs: number): void {
    if (this.ending) return;
    this.ending = true;
    void this.stop(delayMs).then(
      (complete) => process.exit(complete ? this.exitCode : 1),
      (error: unknown) => {
        this.log.error({ err: error }, 'shutdown failed');
        process.exit(1);
      },
    );
  }

  /** @returns whether everything was closed in time. */
  private async stop(delayMs: number): Promise<boolean> {
    this.serves?.drain();
    await delay(delayMs);
    const deadline = delay(this.patience.timeoutMs, 'late' as const, { ref: false });
    const outcome = await Promise.race([this.close(), deadline]);
    if (outcome === 'late') {
      this.log.error(
        { delay_ms: this.patience.timeoutMs, work: this.serves?.workInHand().join(', ') },
        'shutdown deadline passed, giving up work in hand',
      );
      return false;
    }
    this.log.info('stopped');
    return true;
  }

  private async close(): Promise<void> {
    for (const close of this.closers.toReversed()) await close();
  }
}
