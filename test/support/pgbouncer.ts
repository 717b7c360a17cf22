import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';

import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

/** A real PgBouncer in transaction mode, as it is without a word on session parameters. */
export interface PgBouncer {
  readonly url: string;
  /** Figures of its own console, such as `SHOW POOLS`. */
  show<Row extends object>(what: 'POOLS' | 'STATS_TOTALS'): Promise<Row[]>;
  /** Keeps clients waiting, once the statements under way are done. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** @param target PostgreSQL URL over TCP, of a server that trusts. @param connections to the server, at most. */
export async function startPgBouncer(target: string, connections: number): Promise<PgBouncer> {
  const { hostname, port: serverPort, pathname } = new URL(target);
  const database = pathname.slice(1);
  const folder = mkdtempSync(join(tmpdir(), 'cnua-pgbouncer-'));
  // It refuses to run as root and switches to the user nobody.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const config = join(folder, 'pgbouncer.ini');
  writeFileSync(
    config,
    `[databases]
${database} = host=${hostname} port=${serverPort} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${connections}
max_client_conn = 500
admin_users = postgres
user = ${process.getuid?.() === 0 ? 'nobody' : ''}
`,
  );
  const child = spawn('pgbouncer', ['-q', config], { stdio: 'ignore' });
  const ask = async <Row extends object>(name: string, sql: string) => {
    const client = new Client({
      connectionString: `postgresql://postgres@127.0.0.1:${port}/${name}?sslmode=disable`,
    });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  await waitFor('PgBouncer to answer', async () => (await ask(database, 'SELECT 1')).length === 1);
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/${database}?sslmode=disable`,
    show: (what) => ask('pgbouncer', `SHOW ${what}`),
    pause: async () => void (await ask('pgbouncer', `PAUSE ${database}`)),
    resume: async () => void (await ask('pgbouncer', `RESUME ${database}`)),
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}
