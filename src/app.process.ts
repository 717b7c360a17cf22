import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger as NestLogger } from 'nestjs-pino';
import type { Logger } from 'pino';

import { openDatabase, type OpenDatabase } from './app.database.js';
import type { Foundation } from './app.module.js';
import { secureHttp } from './app.security.js';
import { createAdapter, createSideServer, setUpHttp } from './app.setup.js';
import { appConfigOf, type ProcessKind } from './config/app.config.js';
import { type SectionName, sections } from './config/areas.js';
import { databaseConfig } from './config/database.config.js';
import { InvalidConfiguration, loadEnvironment } from './config/env.js';
import { httpConfig } from './config/http.config.js';
import { Drain } from './health/drain.js';
import type { EndSignals } from './end-signals.js';
import { Lifecycle } from './lifecycle.js';
import { HttpTelemetry } from './observability/http-telemetry.js';
import { LogLevel } from './observability/log-level.js';
import { createLogger } from './observability/logger.js';
import { startTelemetry } from './observability/telemetry.js';
import { MetricsEndpoint } from './observability/metrics-endpoint.js';
import { WorkInHand } from './observability/work-in-hand.js';
import { telemetryConfig } from './config/telemetry.config.js';
import { usersConfig } from './config/users.config.js';

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
 * @param signals what may tell the process to end, also while it starts.
 * @param prepare what the process adds to its server before it listens.
 */
export async function startProcess(
  signals: EndSignals,
  kind: ProcessKind,
  names: readonly SectionName[],
  module: (foundation: Foundation) => DynamicModule,
  prepare: (app: NestFastifyApplication) => void,
): Promise<RunningProcess | undefined> {
  if (!validEnvironment(names)) return undefined;
  const http = httpConfig();
  const app = appConfigOf(kind);
  const level = new LogLevel(app.logLevel);
  const logger = createLogger(app, 1, level);
  const lifecycle = new Lifecycle(signals, logger, {
    delayMs: http.shutdownDelayMs,
    timeoutMs: http.shutdownTimeoutMs,
  });
  const telemetry = await startTelemetry(
    app,
    telemetryConfig(),
    logger,
    usersConfig().signupSources,
  );
  lifecycle.opened(() => telemetry.shutdown());
  const database = await openDatabase({ app, database: databaseConfig() }, logger, {
    migrate: true,
  });
  lifecycle.opened(() => database.release());
  if (database.note !== undefined)
    logger.info({ logger: 'database', data: database.location }, database.note);
  const httpTelemetry = new HttpTelemetry(
    logger.child({ logger: 'http' }),
    telemetry.page.requests,
  );
  const nest = await NestFactory.create<NestFastifyApplication>(
    module({ logger, level, address: database.address }),
    createAdapter(http, httpTelemetry),
    // Fastify's JSON parser is enough; Nest's would take forms too.
    { bufferLogs: true, abortOnError: false, bodyParser: false },
  );
  nest.useLogger(quiet(nest.get(NestLogger)));
  setUpHttp(nest, logger, httpTelemetry, http);
  secureHttp(nest, http);
  const metricsEndpoint = new MetricsEndpoint(telemetry.page, logger, () =>
    createSideServer(http, logger),
  );
  prepare(nest);
  lifecycle.opened(() => metricsEndpoint.close());
  lifecycle.opened(() => nest.close());
  await metricsEndpoint.open(nest, http);
  await nest.listen(http.port, http.host);
  const url = publicAddress(await nest.getUrl());
  const [drain, work] = [nest.get(Drain), nest.get(WorkInHand)];
  lifecycle.serving({ drain: () => drain.begin(), workInHand: () => work.list() });
  return { app: nest, logger, database, url };
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
