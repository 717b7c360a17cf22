import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

import { DATABASE_ADDRESS, type DatabaseAddress } from '../database/database-address.js';
import { DatabaseClient } from '../database/database-client.js';
import { Migrator } from '../database/migrator.js';

const ANSWER_MS = 1000;

/**
 * Asks the database on a connection of its own: a busy pool is no reason to leave the Service. The
 * connection is kept between checks and made anew after a failure.
 */
@Injectable()
export class DatabaseCheck implements OnApplicationShutdown {
  private client: DatabaseClient | undefined;

  constructor(
    @Inject(DATABASE_ADDRESS) private readonly address: DatabaseAddress,
    private readonly migrator: Migrator,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /**
   * @returns names of pending migrations: the database is there, but not ready for this code.
   * @throws when the pool was never connected, or the database does not answer before `signal` aborts.
   */
  async pendingMigrations(signal: AbortSignal): Promise<string[]> {
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

  private async ask(): Promise<string[]> {
    const client = this.client ?? (await this.connect());
    return this.migrator.pending(
      async (sql, parameters) => (await client.query(sql, parameters)).rows,
    );
  }

  private async connect(): Promise<DatabaseClient> {
    const client = new DatabaseClient({
      connectionString: this.address.url,
      application_name: 'user-api-ready',
      connectionTimeoutMillis: ANSWER_MS,
      silenceMs: ANSWER_MS,
    });
    client.on('error', () => this.drop());
    this.client = client;
    await client.connect();
    return client;
  }

  private drop(): void {
    const { client } = this;
    this.client = undefined;
    if (!client) return;
    client.removeAllListeners('error').on('error', () => undefined);
    void client.end().catch(() => undefined);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
  });
}
