import { randomBytes } from 'node:crypto';

import { escapeIdentifier, Pool } from 'pg';

import { TEMPLATE } from './postgres.js';

/** Most of what a test asks is asked again and again until it holds: a connection each would cost more than the queries. */
const CONNECTIONS = 4;

/** Copying files skips the write-ahead log, which takes two thirds of the CPU time. */
const MIGRATED = `TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`;

declare const postgres: 'embedded' | 'system';

/** Those that create and drop databases, by the address of their server. */
const administrators = new Map<string, Pool>();

/** A database that tests look into. */
export interface Database {
  readonly url: string;
  /** Runs a statement as the superuser, on any of a few connections. */
  query<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** A database of a test file's own. */
export interface TestDatabase extends Database {
  drop(): Promise<void>;
}

/** Whether the PostgreSQL that this project of tests wants is there; CI insists on it. */
export function hasPostgres(): boolean {
  return adminUrl() !== undefined;
}

/**
 * Creates a database: a copy of the migrated template, or an empty one.
 * @param locale of ICU, for an empty one that folds and sorts by it.
 */
export async function createTestDatabase({
  migrated = true,
  locale,
}: { migrated?: boolean; locale?: string } = {}): Promise<TestDatabase> {
  const address = adminUrl();
  if (address === undefined) throw new Error('no PostgreSQL of this kind is installed');
  const admin = administrators.get(address) ?? poolOf(address);
  administrators.set(address, admin);
  const name = `test_${randomBytes(8).toString('hex')}`;
  const source =
    locale === undefined
      ? migrated && MIGRATED
      : `TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE '${locale}'`;
  await admin.query(`CREATE DATABASE ${name} ${source || ''}`);
  const url = new URL(address);
  url.pathname = `/${name}`;
  const pool = poolOf(url.href);
  return {
    url: url.href,
    query: queryOf(pool),
    drop: async () => {
      await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
      if (!pool.ending) await pool.end();
    },
  };
}

/** A database that somebody else drops. Connections to it end by themselves when nobody uses them. */
export function databaseAt(url: string): Database {
  return { url, query: queryOf(poolOf(url)) };
}

function poolOf(url: string): Pool {
  const pool = new Pool({ connectionString: url, max: CONNECTIONS, allowExitOnIdle: true });
  // The next query gets another connection for one that a test ended.
  pool.on('error', () => undefined);
  return pool;
}

function queryOf(pool: Pool): Database['query'] {
  return async <Row extends object>(sql: string, parameters?: unknown[]) =>
    (await pool.query<Row>(sql, parameters)).rows;
}

function adminUrl(): string | undefined {
  return process.env[postgres === 'system' ? 'TEST_POSTGRES_SYSTEM' : 'TEST_POSTGRES_EMBEDDED'];
}
