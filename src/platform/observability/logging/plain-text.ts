import { format } from 'node:util';

import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Methods of `console`, and the level of their lines. */
const consoleLevels = {
  log: 'info',
  info: 'info',
  warn: 'warn',
  error: 'error',
  debug: 'debug',
  trace: 'debug',
} as const;

/** Characters of a console message that are logged. */
const MOST_CHARACTERS = 2000;

/**
 * Turns plain text of Node and packages into log lines: warnings, deprecations and console output.
 */
export function logPlainText(logger: Logger): void {
  const log = logger.child({ logger: 'node' });
  // Node's own listener writes to stderr.
  process.removeAllListeners('warning');
  const onWarning = (warning: Error) => log.warn({ err: warning }, 'warning of Node or a package');
  process.on('warning', onWarning);
  for (const [method, level] of Object.entries(consoleLevels))
    Object.assign(console, {
      [method]: (...parts: unknown[]) => log[level](format(...parts).slice(0, MOST_CHARACTERS)),
    });
}

/** Nest's start-up messages, at DEBUG, and its errors. */
export function nestLogger(logger: Logger): LoggerService {
  const at = (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    function log(message: unknown, ...rest: unknown[]): void {
      const context = rest.at(-1);
      const fields = { logger: typeof context === 'string' ? context : 'nest' };
      if (message instanceof Error) logger[level]({ ...fields, err: message }, 'error in Nest');
      else logger[level](fields, String(message));
    };
  return {
    log: at('debug'),
    error: at('error'),
    warn: at('warn'),
    debug: at('debug'),
    verbose: at('debug'),
    fatal: at('fatal'),
  };
}
