import { setTimeout as delay } from 'node:timers/promises';

import { Inject, Injectable, type OnModuleInit, type OnApplicationShutdown } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

import { databaseConfig } from './database.config.js';
import { replaceOldConnections } from './connection-age.js';
import { DatabaseOutage } from './database-outage.js';
import { poolOf } from './pool-of.js';
import { refuseWhileSilent } from './silent-server.js';

const FIRST_DELAY_MS = 100;
/** Short enough to be ready 2 s after the database, including a second for the readiness check. */
const MAX_DELAY_MS = 500;
/**
 * How long the start of the process waits for the first attempt: the first requests find the pool.
 */
const PATIENCE_MS = 1000;

/**
 * Connects in the background, so that the process answers its probes while the database is still
 * coming up, and retries instead of ending in a crash loop.
 */
@Injectable()
export class DatabaseConnector implements OnModuleInit, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly attempted = Promise.withResolvers<void>();
  private connecting: Promise<void> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(databaseConfig.KEY) private readonly config: ConfigType<typeof databaseConfig>,
    private readonly outage: DatabaseOutage,
  ) {}

  async onModuleInit(): Promise<void> {
    const attempted = this.attempted.promise.catch(() => undefined);
    this.connecting = this.connect();
    await Promise.race([attempted, delay(PATIENCE_MS, undefined, { ref: false })]);
  }

  /** Resolves once connected, or when the process stops before that. */
  async whenConnected(): Promise<void> {
    await this.connecting;
  }

  /** Waits for the first attempt only, as commands do. @throws DatabaseUnavailable */
  async firstAttempt(): Promise<void> {
    await this.attempted.promise;
  }

  /** Idempotent: the pool is closed by TypeORM's own module where Nest shuts that down first. */
  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.connecting;
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async connect(): Promise<void> {
    let delayMs = FIRST_DELAY_MS;
    while (!this.stopped.signal.aborted) {
      try {
        await this.dataSource.initialize();
        const pool = poolOf(this.dataSource);
        replaceOldConnections(pool, this.config.recycleSeconds);
        refuseWhileSilent(pool, this.outage);
        this.outage.answered();
        this.attempted.resolve();
        return;
      } catch (error) {
        this.outage.suspect(error);
        this.attempted.reject(error);
        await delay(delayMs, undefined, { signal: this.stopped.signal }).catch(() => undefined);
        delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
      }
    }
  }
}
