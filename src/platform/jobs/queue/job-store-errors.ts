import type { PinoLogger } from 'nestjs-pino';

import { isConnectionError } from '../../database/errors/connection-errors.js';
import type { DatabaseOutage } from '../../database/connection/database-outage.js';
import { throttle } from '../../observability/logging/throttle.js';

/** Loops get the same error every second; it is logged once. */
const INTERVAL_MS = 60_000;

/** pg-boss copies the fields of errors, not their class. */
const UNAVAILABLE = 'DatabaseUnavailable';

/** An error that pg-boss reports, with the code and the stack of its cause. */
class JobStoreError extends Error {
  override readonly name = 'JobStoreError';
  readonly code: unknown;

  /** @param cause an error, or a copy of its fields, as pg-boss makes them. */
  constructor({ name, code, message, stack }: Partial<NodeJS.ErrnoException>) {
    // An error with a code needs no message, which could repeat statements, except messages about
    // the server itself.
    super(code === undefined || name === UNAVAILABLE ? message : 'a statement failed');
    this.code = code;
    if (stack !== undefined) this.stack = stack;
  }
}

/**
 * Logs pg-boss's errors. A database that is down is an outage like any other; other errors are one
 * line a minute, with their cause and number.
 */
export function logStoreErrors(
  logger: Pick<PinoLogger, 'warn'>,
  outage: Pick<DatabaseOutage, 'suspect'>,
): (error: Error) => void {
  const log = (count: number, error: Error) =>
    logger.warn({ err: error, dependency: 'database', count }, 'job store error');
  const warn = throttle(INTERVAL_MS, log);
  return (given) => {
    const error = new JobStoreError(given);
    if (given.name === UNAVAILABLE || isConnectionError(error)) outage.suspect(error);
    else warn(error);
  };
}
