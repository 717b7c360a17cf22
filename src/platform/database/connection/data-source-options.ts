import type { ConfigType } from '@nestjs/config';
import type { Logger } from 'pino';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';

import type { databaseConfig } from './database.config.js';
import type { DatabaseAddress } from './database-address.js';
import { DatabaseClient, type DatabaseClientConfig } from '../client/database-client.js';

type DatabaseConfig = ConfigType<typeof databaseConfig>;
type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/**
 * The server enforces its own limit first; after this time, it waits without a limit, or the
 * network loses packets.
 */
const SILENCE_MARGIN_MS = 500;
/** How long a caller waits for a connection, in milliseconds, before the answer is 503. */
const CONNECT_TIMEOUT_MS = 3000;

/** Options of the pool that requests and jobs share. */
export function dataSourceOptions(
  address: DatabaseAddress,
  config: DatabaseConfig,
  logger: Logger,
): PostgresOptions {
  return {
    type: 'postgres',
    // Set because TypeORM would look for it outside the bundle.
    driver: pg,
    url: address.url,
    applicationName: 'user-api',
    synchronize: false,
    logging: false,
    installExtensions: false,
    parseInt8: true,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    poolSize: config.poolMax,
    // Idle connections end at every database restart, which never ends the process; callers that
    // need one report the outage.
    poolErrorHandler: () => logger.debug({ logger: 'database' }, 'idle database connection lost'),
    extra: {
      idleTimeoutMillis: 60_000,
      Client: DatabaseClient,
      pooled: isPooled(address),
      silenceMs: silenceFor(config.statementTimeoutMs),
      preparedStatements: config.preparedStatements,
      ...(!isPooled(address) && {
        statement_timeout: config.statementTimeoutMs,
        idle_in_transaction_session_timeout: config.statementTimeoutMs * 2,
      }),
    },
  };
}

/** A transaction pooler refuses session parameters at connection start; each transaction sets its own. */
export function isPooled({ url, directUrl }: DatabaseAddress): boolean {
  return directUrl !== url;
}

/**
 * A separate connection beside the pool.
 * @param name its name at the server. @param answerMs longest wait for the server, in milliseconds.
 */
export function clientOptions(
  address: DatabaseAddress,
  way: keyof DatabaseAddress,
  name: string,
  answerMs: number,
): DatabaseClientConfig {
  return {
    connectionString: address[way],
    pooled: way === 'url' && isPooled(address),
    application_name: name,
    connectionTimeoutMillis: answerMs,
    silenceMs: answerMs,
  };
}

/** How long to wait for the answer to a statement with a limit, both in milliseconds. */
export function silenceFor(statementTimeoutMs: number): number {
  return statementTimeoutMs + SILENCE_MARGIN_MS;
}
