import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Level, Logger } from 'pino';

/**
 * The log level of the process, which can be changed for a limited time and then resets itself.
 * Pino's child loggers have their own level, so each of them is set.
 */
export class LogLevel {
  private readonly loggers = new Set<Logger>();
  private timer: NodeJS.Timeout | undefined;

  private level: Level;
  private ends: Date | undefined;

  constructor(private readonly configured: Level) {
    this.level = configured;
  }

  /** The level now, and when the configured one returns if it is another one. */
  get current(): { readonly level: Level; readonly until: Date | undefined } {
    return { level: this.level, until: this.ends };
  }

  /** Registers a logger; there are few, and they live as long as the process. */
  readonly follow = (logger: Logger): void => {
    this.loggers.add(logger);
  };

  /**
   * @param seconds after which the configured level returns.
   * @param returned called when the configured level is back, unless another change came first.
   * @returns when that is.
   */
  set(level: Level, seconds: number, returned: (configured: Level) => void): Date {
    clearTimeout(this.timer);
    this.apply(level);
    const back = () => {
      this.apply(this.configured);
      this.ends = undefined;
      returned(this.configured);
    };
    // The reset runs outside of the request that made the change.
    this.timer = setTimeout(() => context.with(ROOT_CONTEXT, back), seconds * 1000);
    this.timer.unref();
    this.ends = new Date(Date.now() + seconds * 1000);
    return this.ends;
  }

  private apply(level: Level): void {
    this.level = level;
    for (const logger of this.loggers) logger.level = level;
  }
}
