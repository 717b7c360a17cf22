import { PinoLogger } from 'nestjs-pino';
import type { Logger } from 'pino';

/** Nest's logger, writing to the given one: nestjs-pino writes to the first of a process. */
export function nestLogger(logger: Logger): PinoLogger {
  return Object.defineProperty(new PinoLogger({ pinoHttp: { logger } }), 'logger', {
    value: logger,
  });
}
