import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, escapeIdentifier } from 'pg';
import { createCluster } from '../../src/platform/database/embedded/initdb.js';
import { socketUrl } from '../../src/platform/database/embedded/lease.js';
import {
  postgresBinaries,
  type PostgresBinaries,
} from '../../src/platform/database/embedded/postgres-binaries.js';
import {
  findPostmaster,
  startPostmaster,
  stopPostmaster,
  type PostmasterOptions,
} from '../../src/platform/database/embedded/postmaster.js';
import {
  canEnter,
  claimDirectory,
  giveTo,
  serverUserFor,
  type ServerUser,
} from '../../src/platform/database/embedded/server-user.js';
import { awaitExit, signalServer } from './postgres-signals.js';
import { systemPostgresBinaries } from './system-postgres.js';

export interface TestPostgresOptions {
  /** The bundled PostgreSQL 18, or the newest one installed on this system (see `systemPostgresBinaries`). */
  version: 'embedded' | 'system';
  /** Also listen on a free port of 127.0.0.1, for proxies that break connections. */
  tcp?: boolean;
  /** Listen there, too, and trust whoever comes from the same network; with `tcp`. */
  network?: string;
  /** What was committed is there after `kill()`. Others write it down a moment later. */
  keepsCommits?: boolean;
  /** Follow this server as a hot standby; it listens on TCP, and is restarted for the copy. */
  standbyOf?: TestPostgres;
  /** Folder for its data, such as a disk of their own; it is the server's account's. */
  dataFolder?: string;
}

export interface TestPostgres {
  /** Database `postgres`, superuser, through the unix socket. */
  readonly adminUrl: string;
  /** The same over TCP; only with `tcp: true`. */
  readonly tcpUrl?: string;
  /** Major version. */
  readonly version: number;
  /** Creates a database, as a copy of `template` if given (which nobody may be connected to), and returns its URL. */
  createDatabase(name: string, template?: string): Promise<string>;
  /** Copies the cluster, between a stop and a start. @returns the copy, which goes with the server's other files. */
  copy(): Promise<string>;
  /** Ends the server and removes its files. May be called again. */
  stop(): Promise<void>;
  /** Makes a standby a primary, and waits until it is one. */
  promote(): Promise<void>;
  /** SIGKILL to the postmaster; its backends notice and leave by themselves. */
  kill(): void;
  /** SIGSTOP to the postmaster and its children: connections stay open and nothing answers. */
  suspend(): void;
  resume(): void;
  /** Starts the server again, after `kill()` or while it runs (fast shutdown first); same URLs. */
  restart(): Promise<void>;
}

/** Names a cluster that the embedded servers of this test run are copies of, which takes a tenth of making one. */
export const SEED = 'TEST_POSTGRES_SEED';

/** The migrated database that each test file's own is a copy of. */
export const TEMPLATE = 'template_migrated';

/** What a standby calls itself, for `synchronous_standby_names`. */
export const STANDBY = 'standby';

const START_MS = 30_000;
const STOP_MS = 10_000;
const ABANDON_MS = 2_000;

/** Speed over durability: these clusters are thrown away, and the system outlives them. */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '64MB',
  autovacuum: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * Starts a private, throwaway PostgreSQL below the temporary directory, as root too. It ends with `stop()`, or when this
 * process exits; only a kill -9 of the process leaves it behind. Throws with the server's log when it does not start.
 */
export async function startTestPostgres({
  version,
  tcp = false,
  network,
  keepsCommits = false,
  standbyOf,
  dataFolder,
}: TestPostgresOptions): Promise<TestPostgres> {
  const folder = temporaryFolder();
  const dataDirectory = join(dataFolder ?? folder, 'data');
  const user = serverUserFor(dataDirectory);
  const binaries: PostgresBinaries =
    version === 'system' ? systemPostgresBinaries() : postgresBinaries(folder, user);
  const port = tcp ? await freePort() : 5432;
  const options: PostmasterOptions = {
    binaries,
    dataDirectory,
    socketDirectory: join(folder, 'socket'),
    port,
    user,
    settings: {
      ...SETTINGS,
      synchronous_commit: keepsCommits ? 'on' : 'off',
      listen_addresses: tcp ? ['127.0.0.1', ...(network ? [network] : [])].join(',') : '',
      ...(standbyOf && {
        primary_conninfo: `host=127.0.0.1 port=${new URL(String(standbyOf.tcpUrl)).port} user=postgres application_name=${STANDBY}`,
        wal_retrieve_retry_interval: '100ms',
      }),
    },
  };

  const remove = () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  const abandon = () => {
    signalServer(dataDirectory, 'SIGCONT');
    signalServer(dataDirectory, 'SIGQUIT');
    awaitExit(dataDirectory, ABANDON_MS);
    remove();
  };
  // Before the disk goes that its data is on.
  process.prependOnceListener('exit', abandon);

  try {
    claimDirectory(options.socketDirectory, 0o700, []);
    giveTo(user, options.socketDirectory);
    const seed =
      (await standbyOf?.copy()) ?? (version === 'embedded' ? process.env[SEED] : undefined);
    if (seed === undefined) await createCluster(binaries, dataDirectory, user);
    else await copyCluster(seed, dataDirectory);
    if (standbyOf) beStandby(dataDirectory, user);
    if (network !== undefined)
      appendFileSync(join(dataDirectory, 'pg_hba.conf'), 'host all all samenet trust\n');
    await start(options);
  } catch (error) {
    process.off('exit', abandon);
    abandon();
    throw error;
  }

  const adminUrl = socketUrl(options, 'postgres');
  return {
    adminUrl,
    tcpUrl: tcp ? `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable` : undefined,
    version: binaries.major,
    async createDatabase(name, template) {
      // FILE_COPY skips the write-ahead log: 8 ms instead of 15 where creating files is fast, as on /dev/shm
      const source = escapeIdentifier(template ?? 'template1');
      await execute(
        adminUrl,
        `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${source} STRATEGY FILE_COPY`,
      );
      return socketUrl(options, name);
    },
    async copy() {
      const target = join(folder, 'copy');
      await stopPostmaster(dataDirectory, 'SIGINT', STOP_MS);
      await copyCluster(dataDirectory, target);
      await start(options);
      return target;
    },
    async stop() {
      process.off('exit', abandon);
      signalServer(dataDirectory, 'SIGCONT');
      await stopPostmaster(dataDirectory, 'SIGQUIT', STOP_MS);
      remove();
    },
    promote: () => execute(adminUrl, 'SELECT pg_promote()'),
    kill: () => signalServer(dataDirectory, 'SIGKILL'),
    suspend: () => signalServer(dataDirectory, 'SIGSTOP'),
    resume: () => signalServer(dataDirectory, 'SIGCONT'),
    async restart() {
      signalServer(dataDirectory, 'SIGCONT');
      await stopPostmaster(dataDirectory, 'SIGINT', STOP_MS);
      await start(options);
    },
  };
}

async function start(options: PostmasterOptions): Promise<void> {
  if (!findPostmaster(options.dataDirectory))
    await startPostmaster(options, performance.now() + START_MS);
}

/** Has a cluster start as a standby. */
function beStandby(dataDirectory: string, user: ServerUser | undefined): void {
  const file = join(dataDirectory, 'standby.signal');
  writeFileSync(file, '');
  giveTo(user, file);
}

/** Of a stopped server, with the owner that the files have. */
async function copyCluster(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to]);
}

/** TMPDIR of root may be a place the server's account cannot enter. */
function temporaryFolder(): string {
  const user = serverUserFor('');
  const folder = mkdtempSync(join(canEnter(tmpdir(), user) ? tmpdir() : '/tmp', 'cnua-test-pg-'));
  giveTo(user, folder);
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
