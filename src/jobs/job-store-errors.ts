import type { PinoLogger } from 'nestjs-pino';

import { rarely } from '../observability/rarely.js';

/** While the store is away, each loop of each queue says so every second; the log hears it once. */
const INTERVAL_MS = 60_000;

/** An error that pg-boss reports, with the code and the stack of its cause. */
class JobStoreError extends Error {
  override readonly name = 'JobStoreError';
  readonly code: unknown;

  /** @param cause an error, or a copy of its fields, as pg-boss makes them. */
  constructor({ code, message, stack }: Partial<NodeJS.ErrnoException>) {
    // What has a code needs no message, which would repeat addresses and statements.
    super(code === undefined ? message : 'a statement failed');
    this.code = code;
    if (stack !== undefined) this.stack = stack;
  }
}

/** What listens to pg-boss's errors: one line a minute, with their cause and how many there were. */
export function logStoreErrors(logger: Pick<PinoLogger, 'warn'>): (error: Error) => void {
  return rarely(INTERVAL_MS, (count, error: Error) =>
    logger.warn(
      { err: new JobStoreError(error), dependency: 'database', count },
      'job store error',
    ),
  );
}
