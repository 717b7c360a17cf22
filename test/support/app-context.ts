import { type INestApplicationContext, Module, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Logger, pino } from 'pino';

import { base } from '../../src/bootstrap/processes/app.module.js';
import { sections } from '../../src/bootstrap/config-sections.js';
import { DatabaseConnector } from '../../src/platform/database/connection/database-connector.js';
import { LogLevel } from '../../src/platform/observability/logging/log-level.js';
import { RequestDurations } from '../../src/platform/observability/metrics/request-durations.js';
import type { TestDatabase } from './test-database.js';

@Module({})
class TestModule {}

export interface ContextOptions {
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly providers?: NonNullable<ModuleMetadata['providers']>;
  readonly env?: Readonly<Record<string, string>>;
  readonly logger?: Logger;
}

/**
 * An application context from the real modules on a test's database. Variables are parsed once
 * per test file, so a file has one configuration.
 */
export async function createContext(
  { url }: TestDatabase,
  { imports = [], providers = [], env = {}, logger }: ContextOptions = {},
): Promise<INestApplicationContext> {
  Object.assign(process.env, { ENVIRONMENT: 'test', DATABASE_URL: url, ...env });
  const foundation = {
    logger: logger ?? pino({ enabled: false }),
    level: new LogLevel('info'),
    requests: new RequestDurations(),
    address: { url, directUrl: url },
  };
  const context = await NestFactory.createApplicationContext(
    {
      module: TestModule,
      imports: [...base(foundation, sections), ...imports],
      providers,
    },
    { logger: false, abortOnError: false },
  );
  await context.get(DatabaseConnector).whenConnected();
  return context;
}
