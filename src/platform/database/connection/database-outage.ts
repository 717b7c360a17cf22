import { setTimeout as delay } from 'node:timers/promises';

import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';

import { type Outage, Outages } from '../../observability/logging/outages.js';
import { isConflict, isLockTimeout, isTimeout } from '../errors/connection-errors.js';
import { DATABASE_ADDRESS, type DatabaseAddress } from './database-address.js';
import { DatabaseClient } from '../client/database-client.js';
import { clientOptions } from './data-source-options.js';

/** How long the server may take for the simplest of statements, on a new connection. */
const ANSWER_MS = 1000;
/** Wait before the next check of a server that was silent, and of one that refused or answered. */
const SILENT_INTERVAL_MS = 250;
const INTERVAL_MS = 1000;

type State = 'silent' | 'refusing' | 'answering';

/**
 * Tracks outages of the database, and detects a silent server, such as behind a network that loses
 * packets. Waiting for it would fill the pool and its queue, and every request would last as long
 * as the time-outs.
 */
@Injectable()
export class DatabaseOutage implements OnApplicationShutdown {
  /** True while the database is silent: a statement would get no answer. */
  active = false;
  /** Time of the last failure, by the monotonic clock. */
  failedAt = -Infinity;
  private watching = false;
  private readonly stopped = new AbortController();
  private readonly outage: Outage;

  constructor(
    @Inject(DATABASE_ADDRESS) private readonly address: DatabaseAddress,
    outages: Outages,
  ) {
    this.outage = outages.of('database');
  }

  /** Called after each failure to reach the database; then checks the server until it answers. */
  suspect(error: unknown): void {
    // The database is there, and busy with another transaction.
    if (isConflict(error) || isLockTimeout(error)) return;
    this.failedAt = performance.now();
    this.outage.failed(error);
    if (this.watching) return;
    this.watching = true;
    void this.watch();
  }

  answered(): void {
    this.outage.succeeded();
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopped;
    let state: State;
    do {
      state = await this.look();
      this.active = state === 'silent';
      const pause = this.active ? SILENT_INTERVAL_MS : INTERVAL_MS;
      if (state === 'answering') this.answered();
      await delay(pause, undefined, { signal }).catch(() => undefined);
    } while (state !== 'answering' && !signal.aborted);
    this.watching = false;
  }

  private async look(): Promise<State> {
    const client = new DatabaseClient(
      clientOptions(this.address, 'url', 'user-api-outage', ANSWER_MS),
    );
    try {
      await client.connect();
      await client.query('SELECT 1');
      return 'answering';
    } catch (error) {
      return isTimeout(error) ? 'silent' : 'refusing';
    } finally {
      void client.end().catch(() => undefined);
    }
  }
}
