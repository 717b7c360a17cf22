import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { metrics } from '@opentelemetry/api';
import type { DataSource } from 'typeorm';

import { clientOptions } from '../../database/connection/data-source-options.js';
import {
  DATABASE_ADDRESS,
  type DatabaseAddress,
} from '../../database/connection/database-address.js';
import { DatabaseClient } from '../../database/client/database-client.js';
import { databaseFacts, ENCODING } from '../../database/client/database-facts.js';
import { DatabaseOutage } from '../../database/connection/database-outage.js';
import { Migrator } from '../../database/migrations/migrator.js';
import type { Execute } from '../../declarations/schema-step.js';

const ANSWER_MS = 1000;
/**
 * Maximum age of a connection in milliseconds: a changed password or certificate affects only new
 * connections.
 */
const MAX_AGE_MS = 10_000;

export interface DatabaseCondition {
  /** Names of pending migrations: the database is up, but not ready for this code. */
  readonly pending_migrations: readonly string[];
  readonly read_only?: true;
  /** Its encoding cannot store all text. */
  readonly encoding?: string;
}

/**
 * Checks the database on a separate connection: a busy pool is no reason to leave the Service. The
 * connection is kept between checks, and replaced after a failure, at its maximum age, and after a
 * database failure elsewhere.
 */
@Injectable()
export class DatabaseCheck implements OnApplicationShutdown {
  private client: DatabaseClient | undefined;
  private connectedAt = 0;
  private readonly clockOffset = metrics.getMeter('health').createGauge('clock_offset_seconds', {
    description: "This process's clock minus the database's.",
    unit: 's',
  });

  constructor(
    @Inject(DATABASE_ADDRESS) private readonly address: DatabaseAddress,
    private readonly migrator: Migrator,
    private readonly outage: DatabaseOutage,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /**
   * @throws if the pool was never connected, or the database does not answer before `signal`
   * aborts.
   */
  async condition(signal: AbortSignal): Promise<DatabaseCondition> {
    if (!this.dataSource.isInitialized) throw new Error('not connected yet');
    try {
      return await Promise.race([this.ask(), aborted(signal)]);
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  onApplicationShutdown(): void {
    this.drop();
  }

  private async ask(): Promise<DatabaseCondition> {
    if (this.isOutdated()) this.drop();
    const client = this.client ?? (await this.connect());
    const execute: Execute = async (sql, parameters) =>
      (await client.query<object>(sql, parameters)).rows;
    const { encoding, readOnly, clockOffsetMs } = await databaseFacts(execute);
    this.clockOffset.record(clockOffsetMs / 1000);
    const pending = await this.migrator.pending(execute);
    // The next connection may lead to a primary.
    if (readOnly) this.drop();
    return {
      pending_migrations: pending,
      ...(readOnly && { read_only: true }),
      ...(encoding !== ENCODING && { encoding }),
    };
  }

  private isOutdated(): boolean {
    return (
      performance.now() - this.connectedAt > MAX_AGE_MS || this.outage.failedAt > this.connectedAt
    );
  }

  private async connect(): Promise<DatabaseClient> {
    const client = new DatabaseClient(
      clientOptions(this.address, 'url', 'user-api-ready', ANSWER_MS),
    );
    client.on('error', () => this.client === client && this.drop());
    this.client = client;
    // Taken before it connects: a failure elsewhere meanwhile counts as later.
    this.connectedAt = performance.now();
    await client.connect();
    return client;
  }

  private drop(): void {
    void this.client?.end().catch(() => undefined);
    this.client = undefined;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
  });
}
