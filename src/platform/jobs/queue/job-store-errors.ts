import type { PinoLogger } from 'nestjs-pino';

import { isConnectionError } from '../../database/errors/connection-errors.js';
import type { DatabaseOutage } from '../../database/connection/database-outage.js';
import { throttle } from '../../observability/logging/throttle.js';

/** Each loop of each queue meets the same error every second; the log hears it once. */
const INTERVAL_MS = 60_000;

/** pg-boss copies the fields of errors, not their class. */
const UNAVAILABLE = 'DatabaseUnavailable';

/** An error that pg-boss reports, with the code and the stack of its cause. */
class JobStoreError extends Error {
  override readonly name = 'JobStoreError';
  readonly code: unknown;

  /** @param cause an error, or a copy of its fields, as pg-boss makes them. */
  constructor({ name, code, message, stack }: Partial<NodeJS.ErrnoException>) {
    // What has a code needs no message, which would repeat statements; save what the server says of itself.
    super(code === undefined || name === UNAVAILABLE ? message : 'a statement failed');
    this.code = code;
    if (stack !== undefined) this.stack = stack;
  }
}

/**
 * What listens to pg-boss's errors. A database that is away is an outage like any other; other errors are one line a
 * minute, with their cause and how many there were.
 */
export function logStoreErrors(
  logger: Pick<PinoLogger, 'warn'>,
  outage: Pick<DatabaseOutage, 'suspect'>,
): (error: Error) => void {
  const warn = throttle(INTERVAL_MS, (count, error: Error) =>
    logger.warn({ err: error, dependency: 'database', count }, 'job store error'),
  );
  return (given) => {
    const error = new JobStoreError(given);
    if (given.name === UNAVAILABLE || isConnectionError(error)) outage.suspect(error);
    else warn(error);
  };
}
