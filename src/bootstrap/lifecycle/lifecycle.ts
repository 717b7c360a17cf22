import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from 'pino';

import type { EndSignal, EndSignals } from './end-signals.js';

/** Time limits of the shutdown. */
export interface Patience {
  /** How long to keep serving after `/ready` turned 503, so that load balancers notice. */
  readonly delayMs: number;
  /** Time limit for finishing active work and closing everything. */
  readonly timeoutMs: number;
}

/** What the shutdown needs from a serving process. */
export interface Serving {
  /** Refuses new work: `/ready` turns 503. */
  drain(): void;
  /** Active work, for the log if it is aborted. */
  workInHand(): readonly string[];
}

/**
 * The shutdown of a process, after SIGTERM or SIGINT or an unhandled error. It closes resources in
 * reverse order. A signal during the start takes effect once the process serves; an error takes
 * effect at once.
 */
export class Lifecycle {
  private readonly log: Logger;
  private readonly closers: (() => Promise<unknown>)[] = [];
  private serves: Serving | undefined;
  private ending = false;
  /** Exit code of a complete shutdown; an error during the shutdown changes it, too. */
  private exitCode = 0;

  constructor(
    private readonly signals: EndSignals,
    logger: Logger,
    private readonly patience: Patience,
  ) {
    this.log = logger.child({ logger: 'lifecycle' });
    for (const event of ['uncaughtException', 'unhandledRejection'] as const)
      process.on(event, (error: unknown) => this.fail(error, event));
  }

  private fail(error: unknown, reason: string): void {
    this.log.fatal({ err: error, reason }, 'unhandled error, shutting down');
    this.exitCode = 1;
    this.end(0);
  }

  /** Ends a process that cannot do its work, with one line that says why and exit code 1. */
  giveUp(why: string): void {
    this.log.fatal(why);
    this.exitCode = 1;
    this.end(0);
  }

  /** @param close called at shutdown, before earlier resources are closed. */
  opened(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  /** The process is up. */
  serving(serves: Serving): void {
    this.serves = serves;
    // A process that ends before it served has no requests to wait for.
    let delayMs = 0;
    const onSignal = (signal: EndSignal) => {
      const work = serves.workInHand().join(', ');
      this.log.info({ signal, delay_ms: delayMs, ...(work && { work }) }, 'shutting down');
      this.end(delayMs);
    };
    this.signals.handle(onSignal);
    delayMs = this.patience.delayMs;
  }

  private end(delayMs: number): void {
    if (this.ending) return;
    this.ending = true;
    const onFailure = (error: unknown) => {
      this.log.error({ err: error }, 'shutdown failed');
      process.exit(1);
    };
    void this.stop(delayMs).then(
      (complete) => process.exit(complete ? this.exitCode : 1),
      onFailure,
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
