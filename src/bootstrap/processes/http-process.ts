import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

import { openDatabase } from './open-database.js';
import type { Foundation } from './app.module.js';
import { secureHttp } from '../../platform/http/server/security.hooks.js';
import {
  createAdapter,
  createSideServer,
  setUpHttp,
} from '../../platform/http/server/http-server.js';
import { requirePolicies } from '../../platform/http/server/route-policy.hooks.js';
import { appConfigOf, type ProcessKind } from '../../platform/app/app.config.js';
import { loadSections, type Section } from '../../platform/config/section.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import { InvalidConfiguration } from '../../platform/config/env.js';
import { httpConfig } from '../../platform/http/server/http.config.js';
import { Drain } from '../../platform/app/drain.js';
import type { EndSignals } from '../lifecycle/end-signals.js';
import { Lifecycle } from '../lifecycle/lifecycle.js';
import { codeOf } from '../../platform/common/errors.js';
import { HttpTelemetry } from '../../platform/observability/http-telemetry.js';
import { LogLevel } from '../../platform/observability/logging/log-level.js';
import { createLogger } from '../../platform/observability/logging/logger.js';
import { startTelemetry } from '../../platform/observability/telemetry.js';
import { logPlainText, nestLogger } from '../../platform/observability/logging/plain-text.js';
import { MetricsEndpoint } from '../../platform/observability/metrics/metrics-endpoint.js';
import { WorkInHand } from '../../platform/app/work-in-hand.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import { logFields } from '../declarations.module.js';
import { usersConfig } from '../../features/users/users.config.js';

/** A process that serves HTTP, started. */
export interface RunningProcess {
  readonly app: NestFastifyApplication;
  readonly logger: Logger;
  /**
   * Fields of the log line that says where the process serves, and where its data is. In `url` a
   * wildcard listen address reads as localhost.
   */
  readonly fields: { logger: string; url: string; host: string; port: number; data: string };
}

/**
 * Starts a process that serves HTTP: configuration, logs, database, modules, server, in this
 * order. Faults of the configuration end it with 78 before anything listens or connects.
 * @param signals end the process, even while it starts.
 * @param prepare extends the server before it listens.
 */
export async function startProcess(
  signals: EndSignals,
  kind: ProcessKind,
  configs: readonly Section[],
  module: (foundation: Foundation) => Promise<DynamicModule>,
  prepare: (app: NestFastifyApplication) => Promise<void>,
): Promise<RunningProcess | undefined> {
  if (!(await validEnvironment(configs))) return undefined;
  const http = httpConfig();
  const app = appConfigOf(kind);
  const level = new LogLevel(app.logLevel);
  const logger = createLogger(app, Object.keys(logFields), 1, level);
  logPlainText(logger);
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
  const database = await openDatabase(app.dataDir, databaseConfig(), logger, {
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
    await module({ logger, level, address: database.address, requests: telemetry.page.requests }),
    createAdapter(http, httpTelemetry),
    // Fastify's JSON parser is enough; Nest's would take forms too.
    { logger: nestLogger(logger), abortOnError: false, bodyParser: false },
  );
  setUpHttp(nest, logger, httpTelemetry, http);
  secureHttp(nest, http);
  requirePolicies(nest.getHttpAdapter().getInstance());
  const metricsEndpoint = new MetricsEndpoint(telemetry.page, logger, () =>
    createSideServer(http, logger),
  );
  await prepare(nest);
  lifecycle.opened(() => metricsEndpoint.close());
  lifecycle.opened(() => nest.close());
  const server: FastifyInstance = nest.getHttpAdapter().getInstance();
  const { host, port, metricsPort } = http;
  let address: string;
  try {
    await listening('METRICS_PORT', metricsPort, () => metricsEndpoint.open(nest, http));
    // Nest's own `listen` would write the error of a used port once more.
    await nest.init();
    address = await listening('PORT', port, () => server.listen({ host, port }));
  } catch (error) {
    if (!(error instanceof CannotListen)) throw error;
    lifecycle.giveUp(error.message);
    return undefined;
  }
  const url = publicAddress(address);
  const [drain, work] = [nest.get(Drain), nest.get(WorkInHand)];
  lifecycle.serving({ drain: () => drain.begin(), workInHand: () => work.list() });
  const bound = Number(new URL(url).port);
  const fields = { logger: 'main', url, host, port: bound, data: database.location };
  return { app: nest, logger, fields };
}

/** Checks the environment; faults go to stderr, one a line, and the process ends with 78. */
export async function validEnvironment(configs: readonly Section[]): Promise<boolean> {
  try {
    await loadSections(configs);
    return true;
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
    return false;
  }
}

class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

const listenFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is used by another process',
  EACCES: 'may not be used by this user',
  EADDRNOTAVAIL: 'cannot be listened on: HOST is no address of this machine',
  ENOTFOUND: 'cannot be listened on: HOST is not known',
};

/**
 * Opens a port. @param variable that names it.
 * @throws CannotListen with one line for the log.
 */
async function listening<Result>(
  variable: string,
  port: number | undefined,
  open: () => Promise<Result>,
): Promise<Result> {
  try {
    return await open();
  } catch (error) {
    const code = codeOf(error) ?? '';
    const fault = listenFaults[code];
    if (fault === undefined) throw error;
    throw new CannotListen(`${variable} ${port} ${fault} (${code})`, { cause: error });
  }
}

function publicAddress(url: string): string {
  return url.replace(/\/\/(0\.0\.0\.0|\[::\]|\[::1\]|127\.0\.0\.1)(?=:)/, '//localhost');
}
