import type { Logger } from 'pino';

/** Dependencies whose outages are logged. */
export type OutageName = 'database' | 'redis' | 'email' | 'payment' | 'otlp';

/** How long nothing may fail after a success until a dependency counts as back, in milliseconds. */
const SETTLE_MS = 2000;
/** How often the log is reminded of an outage, in milliseconds. */
const REMINDER_MS = 60_000;

/** Errors that belong to an outage which the log knows of: their stack says nothing new. */
const reported = new WeakSet<Error>();

/** Whether an error, or what caused it, belongs to an outage that was logged with its cause when it began. */
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

  /** Whether the log knows of an outage that is not over. */
  get lasts(): boolean {
    return this.reminder !== undefined;
  }

  /** Called after each use that failed because of the dependency. */
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

  /** Called after each successful use. Costs next to nothing outside an outage. */
  succeeded(): void {
    if (!this.lasts || this.settling !== undefined) return;
    this.settling = setTimeout(() => this.end(), SETTLE_MS).unref();
  }

  private remind(): void {
    // What ended a connection need not be what keeps the next one away.
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

/** The outages of all dependencies: the one place that tells the log of them. */
export class Outages {
  private readonly known = new Map<OutageName, Outage>();

  constructor(private readonly logger: Pick<Logger, 'info' | 'warn'>) {}

  of(dependency: OutageName): Outage {
    const outage = this.known.get(dependency) ?? new Outage(dependency, this.logger);
    this.known.set(dependency, outage);
    return outage;
  }
}
