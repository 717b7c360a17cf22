import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from 'pino';

/** What a process does on its way out, in order. */
export interface Shutdown {
  /** Says that no new work should come: `/ready` turns 503. */
  drain(): void;
  /** How long to serve on after that, so that load balancers notice. */
  readonly delayMs: number;
  /** Finishes work in hand and closes everything. */
  close(): Promise<void>;
  /** How long that may take. */
  readonly timeoutMs: number;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** Ctrl-C reaches the whole process group, and npm or a parent of ours may pass it on once more. */
const SAME_SIGNAL_MS = 500;

/**
 * Ends the process in order on SIGTERM or SIGINT, and after an error nobody handled. A second
 * signal ends it at once.
 */
export function onShutdown(shutdown: Shutdown, logger: Logger): void {
  const log = logger.child({ logger: 'lifecycle' });
  let endingSince: number | undefined;
  const end = (exitCode: number, delayMs: number) => {
    endingSince = performance.now();
    void stop(shutdown, delayMs, log).then(
      (complete) => process.exit(complete ? exitCode : 1),
      (error: unknown) => {
        log.error({ err: error }, 'shutdown failed');
        process.exit(1);
      },
    );
  };
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (endingSince !== undefined) {
        if (performance.now() - endingSince > SAME_SIGNAL_MS) process.exit(1);
        return;
      }
      log.info({ signal, delay_ms: shutdown.delayMs }, 'shutting down');
      end(0, shutdown.delayMs);
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error, reason: event }, 'unhandled error, shutting down');
      if (endingSince === undefined) end(1, 0);
    });
  }
}

/** @returns whether everything was closed in time. */
async function stop(shutdown: Shutdown, delayMs: number, log: Logger): Promise<boolean> {
  shutdown.drain();
  await delay(delayMs);
  const deadline = delay(shutdown.timeoutMs, 'late' as const, { ref: false });
  const outcome = await Promise.race([shutdown.close(), deadline]);
  if (outcome === 'late') {
    log.error({ delay_ms: shutdown.timeoutMs }, 'shutdown deadline passed, giving up work in hand');
    return false;
  }
  log.info('stopped');
  return true;
}
