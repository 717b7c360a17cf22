import { setTimeout as delay } from 'node:timers/promises';

import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { isTimeout } from './connection-errors.js';
import { DATABASE_ADDRESS, type DatabaseAddress } from './database-address.js';
import { DatabaseClient } from './database-client.js';

/** How long the server may take for the simplest of statements, on a new connection. */
const ANSWER_MS = 1000;
const INTERVAL_MS = 250;

/**
 * Knows while the server does not answer at all, as behind a network that swallows packets. Waiting
 * for it would fill the pool and the queue before it, and every request would take as long as the
 * time-outs allow. A server that refuses needs none of this: it does so at once.
 */
@Injectable()
export class DatabaseOutage implements OnApplicationShutdown {
  /** Nobody needs to ask: the answer would not come. */
  active = false;
  private watching = false;
  private readonly stopped = new AbortController();

  constructor(
    @Inject(DATABASE_ADDRESS) private readonly address: DatabaseAddress,
    @InjectPinoLogger('database') private readonly logger: PinoLogger,
  ) {}

  /** Told of each failure. After a time-out it looks for itself, and goes on until there is an answer. */
  suspect(error: unknown): void {
    if (this.watching || !isTimeout(error)) return;
    this.watching = true;
    void this.watch();
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted && (await this.isSilent())) {
      if (!this.active)
        this.logger.warn({ dependency: 'database', state: 'down' }, 'database does not answer');
      this.active = true;
      await delay(INTERVAL_MS, undefined, { signal }).catch(() => undefined);
    }
    if (this.active)
      this.logger.info({ dependency: 'database', state: 'up' }, 'database answers again');
    this.active = false;
    this.watching = false;
  }

  /** Any answer will do, be it a refusal. */
  private async isSilent(): Promise<boolean> {
    const client = new DatabaseClient({
      connectionString: this.address.url,
      application_name: 'user-api-outage',
      connectionTimeoutMillis: ANSWER_MS,
      silenceMs: ANSWER_MS,
    });
    try {
      await client.connect();
      await client.query('SELECT 1');
      return false;
    } catch (error) {
      return isTimeout(error);
    } finally {
      void client.end().catch(() => undefined);
    }
  }
}
