import { randomUUID } from 'node:crypto';

import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { Interrupted } from '../../platform/cli/command.errors.js';
import { CommandContext, type CommandNeeds } from '../../platform/cli/command-context.js';
import { openDatabase } from './open-database.js';
import { apiDescription } from './api-description.js';
import { base } from './app.module.js';
import { runForRequest } from '../../platform/common/request/request-context.js';
import { appConfigOf } from '../../platform/app/app.config.js';
import { sections, areasOf } from '../config-sections.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import { logFields } from '../declarations.module.js';
import { loadEnvironment } from '../../platform/config/env.js';
import { dataSourceOptions } from '../../platform/database/connection/data-source-options.js';
import {
  DatabaseClient,
  type DatabaseClientConfig,
} from '../../platform/database/client/database-client.js';
import { DatabaseConnector } from '../../platform/database/connection/database-connector.js';
import type { EndSignals } from '../lifecycle/end-signals.js';
import { LogLevel } from '../../platform/observability/logging/log-level.js';
import { createLogger } from '../../platform/observability/logging/logger.js';
import { logPlainText, nestLogger } from '../../platform/observability/logging/plain-text.js';
import { startTelemetry } from '../../platform/observability/telemetry.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';

/**
 * Far below the 10 s in which a command must report that the database is down, since the start
 * takes time, too.
 */
const CONNECT_TIMEOUT_MS = 3000;

@Module({})
class CommandModule {}

/** Builds an application context per command, from the same modules as the services. */
export class AppCommandContext extends CommandContext {
  override readonly areas = areasOf(sections);

  constructor(private readonly signals: EndSignals) {
    super();
  }

  async run<Result>(
    { configs, imports = [], migrateEmbedded = true }: CommandNeeds,
    work: (context: INestApplicationContext) => Promise<Result>,
  ): Promise<Result> {
    loadEnvironment(areasOf(configs));
    // stdout belongs to the result.
    const config = appConfigOf('cli');
    const level = new LogLevel(config.logLevel);
    const logger = createLogger(config, Object.keys(logFields), 2, level);
    logPlainText(logger);
    const telemetry = await startTelemetry(
      config,
      configs.includes(telemetryConfig) ? telemetryConfig() : undefined,
      logger,
    );
    const interrupted = new Promise<never>((_resolve, reject) => {
      this.signals.handle((signal) => reject(new Interrupted(signal)));
    });
    // It can arrive after the command has ended.
    interrupted.catch(() => undefined);
    const { requests } = telemetry.page;
    const settings = databaseConfig();
    const database = await openDatabase(config.dataDir, settings, logger, {
      migrate: migrateEmbedded,
    });
    const unlessInterrupted = <Value>(step: Promise<Value>) => Promise.race([step, interrupted]);
    try {
      const options = dataSourceOptions(database.address, settings, logger);
      await unlessInterrupted(assertReachable(options));
      const context = await unlessInterrupted(
        NestFactory.createApplicationContext(
          {
            module: CommandModule,
            imports: [
              ...base({ logger, level, address: database.address, requests }, configs),
              ...imports,
            ],
          },
          { logger: nestLogger(logger), abortOnError: false },
        ),
      );
      try {
        await unlessInterrupted(context.get(DatabaseConnector).firstAttempt());
        return await runForRequest(
          { requestId: randomUUID(), principal: { kind: 'command' } },
          () => unlessInterrupted(work(context)),
        );
      } finally {
        // Closing its connections ends interrupted work, too.
        await context.close();
      }
    } finally {
      await database.release();
      await telemetry.shutdown();
    }
  }

  async describeApi(): Promise<object> {
    return apiDescription();
  }
}

/**
 * Connects once with the settings of the pool, instead of retrying like a service.
 * @throws DatabaseUnavailable
 */
async function assertReachable({ url, extra }: ReturnType<typeof dataSourceOptions>) {
  const client = new DatabaseClient({
    ...(extra as DatabaseClientConfig),
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'user-api-cli',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    void client.end().catch(() => undefined);
  }
}
