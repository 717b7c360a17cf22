import type { Logger } from 'pino';

/** Dependencies whose outages are logged. */
export type OutageName =
  'database' | 'redis' | 'email' | 'payment' | 'breach' | 'otlp' | 'nats' | `oidc_${string}`;

/**
 * Time without a failure after a success until a dependency counts as recovered, in milliseconds.
 */
const SETTLE_MS = 2000;
/** Interval of the log line during an outage, in milliseconds. */
const REMINDER_MS = 60_000;

/** Errors of a logged outage, which need no stack. */
const reported = new WeakSet<Error>();

/** Whether an error or its cause belongs to an outage whose beginning was logged. */
export function isReported(error: unknown): boolean {
  return error instanceof Error && (reported.has(error) || reported.has(error.cause as Error));
}

/** The outage of one dependency, logged when it begins, once a minute, and when it ends. */
export class Outage {
  private failures = 0;
  private latest: unknown;
  private reminder: NodeJS.Timeout | undefined;
  private settling: NodeJS.Timeout | undefined;

  constructor(
    private readonly dependency: OutageName,
    private readonly logger: Pick<Logger, 'info' | 'warn'>,
  ) {}

  /** Whether a logged outage is active. */
  get lasts(): boolean {
    return this.reminder !== undefined;
  }

  /** Called after each failure of the dependency. */
  failed(error: unknown): void {
    clearTimeout(this.settling);
    this.settling = undefined;
    this.failures += 1;
    if (!this.lasts) {
      this.logger.warn({ ...this.fields('down'), err: error }, `${this.dependency} unavailable`);
      this.reminder = setInterval(() => this.remind(), REMINDER_MS).unref();
    }
    if (error instanceof Error) reported.add(error);
    this.latest = error;
  }

  /** Called after each successful use. Almost free outside of an outage. */
  succeeded(): void {
    if (!this.lasts || this.settling !== undefined) return;
    this.settling = setTimeout(() => this.end(), SETTLE_MS).unref();
  }

  private remind(): void {
    // The error that ended a connection can differ from the error of the next attempt.
    const err = this.latest;
    this.logger.warn({ ...this.fields('down'), err }, `${this.dependency} still unavailable`);
  }

  private end(): void {
    clearInterval(this.reminder);
    this.logger.info(this.fields('up'), `${this.dependency} available again`);
    this.reminder = undefined;
    this.settling = undefined;
    this.failures = 0;
    this.latest = undefined;
  }

  private fields(state: 'up' | 'down') {
    const { dependency, failures: count } = this;
    return { logger: 'outages', dependency, state, count };
  }
}

/** The outages of all dependencies: the only place that logs them. */
export class Outages {
  private readonly known = new Map<OutageName, Outage>();

  constructor(private readonly logger: Pick<Logger, 'info' | 'warn'>) {}

  of(dependency: OutageName): Outage {
    const outage = this.known.get(dependency) ?? new Outage(dependency, this.logger);
    this.known.set(dependency, outage);
    return outage;
  }
}
