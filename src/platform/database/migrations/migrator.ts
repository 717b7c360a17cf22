import { join } from 'node:path';

import type { OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import type { Logger } from 'pino';
import {
  DataSource,
  type Logger as StatementLogger,
  QueryFailedError,
  type QueryRunner,
} from 'typeorm';

import { packageRoot } from '../../app/package-info.js';
import { DatabaseClient } from '../client/database-client.js';
import { databaseFacts, ENCODING } from '../client/database-facts.js';
import { fileNameOf, migrationNames, migrationsIn } from './migration-files.js';
import { acquireLock, releaseLock } from './migration-lock.js';
import type { Execute, SchemaStep } from '../../declarations/schema-step.js';

/** The state of the database blocks a migration; the message explains what to do, with ids only. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/** SQLSTATE of a `RAISE EXCEPTION` that names no other. */
const RAISED = 'P0001';

const nothing = (): void => undefined;
const silent: StatementLogger = {
  log: nothing,
  logMigration: nothing,
  logQuery: nothing,
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
};
const migrationsFolder = join(packageRoot, 'migrations');

/**
 * Applies and reverts the schema on a direct connection. An advisory lock lets any number of
 * processes try at once: one works, the others wait and then find nothing to do.
 */
export class Migrator implements OnModuleDestroy {
  private readonly working = new Set<DataSource>();

  constructor(
    private readonly url: string,
    private readonly steps: readonly SchemaStep[] = [],
    private readonly logger?: Logger,
  ) {}

  /** Interrupts the active statement: the server rolls it back. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.working].map((dataSource) => this.leave(dataSource)));
  }

  /**
   * @returns the migrations applied now, oldest first; empty if none was pending.
   * @throws MigrationRefused
   */
  async up(): Promise<string[]> {
    return this.locked(async (dataSource, execute) => {
      const applied = await runMigrations(dataSource);
      for (const step of this.steps) {
        const pending = await step.pending(execute);
        if (pending.length > 0) await step.apply(execute);
        applied.push(...pending);
      }
      return applied;
    });
  }

  /** Reverts the newest SQL migration. @returns its name, or undefined if none is left. */
  async down(): Promise<string | undefined> {
    return this.locked(async (dataSource, execute) => {
      const [newest] = (await appliedNames(execute)).slice(-1);
      if (newest !== undefined) await dataSource.undoLastMigration({ transaction: 'each' });
      return newest;
    });
  }

  async status(): Promise<{ applied: string[]; pending: string[] }> {
    return this.connected(async (_dataSource, execute) => ({
      applied: await appliedNames(execute),
      pending: await this.pending(execute),
    }));
  }

  /**
   * Names of the pending migrations. A database ahead of the code has none: releases expand first
   * and contract later.
   */
  async pending(execute: Execute): Promise<string[]> {
    const applied = new Set(await appliedNames(execute));
    const pending = migrationNames(migrationsFolder).filter((name) => !applied.has(name));
    for (const step of this.steps) pending.push(...(await step.pending(execute)));
    return pending;
  }

  private async locked<Result>(
    work: (dataSource: DataSource, execute: Execute) => Promise<Result>,
  ): Promise<Result> {
    return this.connected(async (dataSource, execute) => {
      const { encoding } = await databaseFacts(execute);
      if (encoding !== ENCODING)
        throw new MigrationRefused(
          `The database has the encoding ${encoding}, but needs ${ENCODING}.`,
        );
      const onWait = (holder: string) =>
        this.logger?.warn({ logger: 'database', holder }, 'waiting for the migration lock');
      await acquireLock(execute, onWait);
      try {
        return await work(dataSource, execute);
      } finally {
        await releaseLock(execute);
      }
    });
  }

  private async connected<Result>(
    work: (dataSource: DataSource, execute: Execute) => Promise<Result>,
  ): Promise<Result> {
    const dataSource = new DataSource({
      type: 'postgres',
      driver: pg,
      url: this.url,
      applicationName: 'user-api-migrate',
      migrations: migrationsIn(migrationsFolder),
      logging: false,
      // TypeORM's logger prints failed migrations to stdout despite `logging`; they are thrown,
      // too.
      logger: silent,
      installExtensions: false,
      connectTimeoutMS: 5000,
      // One connection holds the lock, TypeORM's executor takes the other.
      poolSize: 2,
      extra: {
        Client: DatabaseClient,
        // An interrupted statement ends and frees its locks as soon as its client disconnects.
        settings: { client_connection_check_interval: '100ms' },
      },
    });
    await dataSource.initialize();
    this.working.add(dataSource);
    const runner: QueryRunner = dataSource.createQueryRunner();
    try {
      return await work(dataSource, (sql, parameters) => runner.query(sql, parameters));
    } finally {
      await runner.release();
      await this.leave(dataSource);
    }
  }

  private async leave(dataSource: DataSource): Promise<void> {
    if (this.working.delete(dataSource)) await dataSource.destroy();
  }
}

async function runMigrations(dataSource: DataSource): Promise<string[]> {
  try {
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    return applied.map(({ name }) => fileNameOf(name));
  } catch (error) {
    if (error instanceof QueryFailedError && error.driverError.code === RAISED)
      throw new MigrationRefused(error.driverError.message, { cause: error });
    throw error;
  }
}

async function appliedNames(execute: Execute): Promise<string[]> {
  const [{ present } = { present: false }] = (await execute(
    `SELECT to_regclass('public.migrations') IS NOT NULL AS present`,
  )) as { present: boolean }[];
  if (!present) return [];
  const rows = (await execute('SELECT name FROM public.migrations ORDER BY id')) as {
    name: string;
  }[];
  return rows.map(({ name }) => fileNameOf(name));
}
