import { Client, escapeIdentifier, type DatabaseError } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Postmaster } from './postmaster.js';

/** Name of the sessions that say "this process uses the server", as seen in pg_stat_activity. */
export const LEASE_NAME = 'embedded-postgres lease';

const ANSWER_MS = 2_000;
/** Backends of a pool closed a moment ago need a few milliseconds to leave pg_stat_activity. */
const GOODBYE_MS = 250;
const POLL_MS = 15;

/** node-postgres has both, its types do not: whether an open connection keeps the process running. */
interface Refs {
  ref(): void;
  unref(): void;
}

/**
 * libpq-style URL of a database behind a unix socket, for node-postgres, TypeORM and psql alike. The port is part of
 * the socket's name; stating it, and that there is no TLS, keeps PGPORT and PGSSLMODE of the environment out.
 */
export function socketUrl(
  { socketDirectory, port }: Pick<Postmaster, 'socketDirectory' | 'port'>,
  database: string,
): string {
  const query = new URLSearchParams({ host: socketDirectory, sslmode: 'disable' });
  return `postgresql://postgres@localhost:${port}/${encodeURIComponent(database)}?${query.toString()}`;
}

/**
 * Opens the session that marks the server as in use for as long as this process lives; kill -9 ends it as well, and an
 * idle pool, which has no connection, is covered too. It does not keep the process running.
 * Rejects when the server does not answer within 2 s.
 */
export async function openLease(server: Postmaster): Promise<Client> {
  const client = new Client({
    connectionString: socketUrl(server, 'postgres'),
    application_name: LEASE_NAME,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS * 5,
  });
  client.on('error', () => undefined); // a lost lease also emits 'end', which is where it is handled
  await client.connect();
  (client as Client & Refs).unref();
  return client;
}

/** Creates the database unless it exists; creation by another process at the same moment is success too. */
export async function ensureDatabase(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount) return;
  try {
    await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  } catch (error) {
    // duplicate_database, or unique_violation when both passed the server's own check
    if (!['42P04', '23505'].includes((error as DatabaseError).code ?? '')) throw error;
  }
}

/**
 * Whether anybody but the holder of this lease is connected. Other leases decide at once; other sessions may be
 * the last of a pool just closed and get 250 ms to go.
 */
export async function isShared(client: Client): Promise<boolean> {
  (client as Client & Refs).ref();
  const deadline = performance.now() + GOODBYE_MS;
  for (;;) {
    const { rows } = await client.query<{ sessions: number; leases: number }>(
      `SELECT count(*)::int AS sessions, count(*) FILTER (WHERE application_name = $1)::int AS leases
         FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      [LEASE_NAME],
    );
    const others = rows[0];
    if (!others?.sessions) return false;
    if (others.leases || performance.now() > deadline) return true;
    await sleep(POLL_MS);
  }
}
