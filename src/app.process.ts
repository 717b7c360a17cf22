import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger as NestLogger } from 'nestjs-pino';
import type { Logger } from 'pino';

import { openDatabase, type OpenDatabase } from './app.database.js';
import type { Foundation } from './app.module.js';
import { createAdapter, setUpHttp } from './app.setup.js';
import { appConfig } from './config/app.config.js';
import { type SectionName, sections } from './config/areas.js';
import { databaseConfig } from './config/database.config.js';
import { InvalidConfiguration, loadEnvironment } from './config/env.js';
import { httpConfig } from './config/http.config.js';
import { Drain } from './health/drain.js';
import { onShutdown } from './lifecycle.js';
import { createLogger } from './observability/logger.js';
import { startContext } from './observability/start-context.js';

/** A process that serves HTTP, started. */
export interface RunningProcess {
  readonly app: NestFastifyApplication;
  readonly logger: Logger;
  readonly database: OpenDatabase;
  /** Address for people; a wildcard listen address reads as localhost. */
  readonly url: string;
}

/**
 * Starts a process that serves HTTP: configuration, logs, database, modules, server, in this
 * order. Faults of the configuration end it with 78 before anything listens or connects.
 * @param prepare what the process adds to its server before it listens.
 */
export async function startProcess(
  names: readonly SectionName[],
  module: (foundation: Foundation) => DynamicModule,
  prepare: (app: NestFastifyApplication) => void,
): Promise<RunningProcess | undefined> {
  if (!validEnvironment(names)) return undefined;
  startContext();
  const http = httpConfig();
  const app = appConfig();
  const logger = createLogger(app);
  const database = await openDatabase({ app, database: databaseConfig() }, logger, {
    migrate: true,
  });
  const nest = await NestFactory.create<NestFastifyApplication>(
    module({ logger, address: database.address }),
    createAdapter(http, logger),
    // Fastify's JSON parser is enough; Nest's would take forms too.
    { bufferLogs: true, abortOnError: false, bodyParser: false },
  );
  nest.useLogger(quiet(nest.get(NestLogger)));
  setUpHttp(nest, logger);
  prepare(nest);
  const drain = nest.get(Drain);
  onShutdown(
    {
      drain: () => drain.begin(),
      delayMs: http.shutdownDelayMs,
      timeoutMs: http.shutdownTimeoutMs,
      close: async () => {
        await nest.close();
        await database.release();
      },
    },
    logger,
  );
  await nest.listen(http.port, http.host);
  return { app: nest, logger, database, url: publicAddress(await nest.getUrl()) };
}

/** Checks the environment; faults go to stderr, one a line, and the process ends with 78. */
export function validEnvironment(names: readonly SectionName[]): boolean {
  try {
    loadEnvironment(names.map((name) => sections[name].area));
    return true;
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
    return false;
  }
}

/** Nest's own account of its start is for those who debug it. */
function quiet(logger: NestLogger) {
  return {
    log: logger.debug.bind(logger),
    error: logger.error.bind(logger),
    warn: logger.warn.bind(logger),
    debug: logger.debug.bind(logger),
    verbose: logger.verbose.bind(logger),
    fatal: logger.fatal.bind(logger),
  };
}

function publicAddress(url: string): string {
  return url.replace(/\/\/(0\.0\.0\.0|\[::\]|\[::1\]|127\.0\.0\.1)(?=:)/, '//localhost');
}
