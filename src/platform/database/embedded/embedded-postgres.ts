import { rmdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { placeCluster, type ClusterPlacement } from './cluster-placement.js';
import { withExclusiveLock } from './exclusive-lock.js';
import { clusterVersion, createCluster } from './initdb.js';
import { ensureDatabase, isShared, openLease, socketUrl } from './lease.js';
import { postgresBinaries } from './postgres-binaries.js';
import {
  findPostmaster,
  leftPidFile,
  logTail,
  startPostmaster,
  stopPostmaster,
  type Postmaster,
} from './postmaster.js';
import { isPrivateSocketDirectory, socketDirectoryFor } from './socket-directory.js';

export interface EmbeddedPostgres {
  /** libpq-style URL through the unix socket; node-postgres, TypeORM and psql take it. */
  readonly url: string;
  /** Where the cluster really is. */
  readonly dataDirectory: string;
  /** One sentence to log when the cluster is not below `dataDir`, and why. */
  readonly note?: string;
  /**
   * Stops the server when nobody else is connected to it (last one out), otherwise leaves it running. Never throws.
   * Call it after closing your own pools; it may be called again.
   */
  release(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Folder of the project's data; the cluster is `<dataDir>/postgres`. Created if missing. */
  dataDir: string;
  /** Database to connect to. Created if missing. */
  database: string;
}

interface Attachment {
  server: Postmaster;
  lease: Client;
}

/** To revive is to start again a server that crashed, and no more: not one stopped on purpose, nor a deleted cluster. */
type Effort = 'create' | 'revive';

const LOCK_NAME = '.postgres-lock';
const START_MS = 15_000;
const FIRST_START_MS = 30_000;
/** Longer than the first start of another process takes. */
const LOCK_WAIT_MS = 40_000;
const STOP_MS = 5_000;
const POLL_MS = 15;
/** No TCP, so the port is but a part of the socket's name. */
const PORT = 5432;

/**
 * One developer's machine. fsync stays on, so that kill -9 loses nothing that was committed. The log keeps errors but
 * neither statements nor the DETAIL lines, where users' addresses would show.
 */
const SETTINGS = {
  listen_addresses: '',
  max_connections: '100',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  io_method: 'sync',
  max_logical_replication_workers: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/**
 * A real PostgreSQL for a project without DATABASE_URL. The first process to ask starts the server, later ones (the
 * CLI beside the API, or the API after a kill -9) share it, and the last to leave stops it. Start, attach and stop happen
 * under one lock, so a process that attaches while another leaves gets either a running server or a fresh one.
 *
 * Takes about 1.5 s on an empty folder, 0.1 s on a stopped cluster, 10 ms when the server runs. If the server is
 * killed, the processes that use it start it again, at the same URL.
 *
 * Throws an Error of one line, plus the server's last log lines where it has some: no binaries for this platform, a
 * cluster of another major version, or no server after 15 s (30 s for a first start).
 */
export async function acquireEmbeddedPostgres({
  dataDir,
  database,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32')
    throw new Error('The embedded PostgreSQL is not supported on Windows: set DATABASE_URL.');
  const placement = placeCluster(dataDir);
  const { home, dataDirectory, note } = placement;
  const locked = <T>(work: () => Promise<T>) =>
    withExclusiveLock(home, LOCK_NAME, LOCK_WAIT_MS, work);
  let released = false;
  let lease: Client;

  const hold = (effort: Effort): Promise<Postmaster> =>
    locked(async () => {
      if (released) throw new Error('The embedded PostgreSQL was released.');
      const attachment = await attach(placement, effort);
      lease = attachment.lease;
      await ensureDatabase(lease, database).catch((error: unknown) =>
        lease.end().then(() => Promise.reject(error)),
      );
      lease.once('end', () => {
        if (!released) hold('revive').catch(() => undefined); // the next query of the pool reports what is wrong
      });
      return attachment.server;
    });

  const server = await hold('create');
  return {
    url: socketUrl(server, database),
    dataDirectory,
    note,
    async release() {
      if (released) return;
      released = true;
      await locked(() => leave(dataDirectory, lease)).catch(() => undefined);
    },
  };
}

async function attach(placement: ClusterPlacement, effort: Effort): Promise<Attachment> {
  const { dataDirectory, user } = placement;
  const exists = clusterVersion(dataDirectory) !== undefined;
  const deadline = performance.now() + (exists ? START_MS : FIRST_START_MS);
  for (let cause: unknown; ; await sleep(POLL_MS)) {
    const server = findPostmaster(dataDirectory) ?? (await start(placement, effort, deadline));
    if (server.ready) {
      if (!isPrivateSocketDirectory(server.socketDirectory, user)) {
        throw new Error(
          `Process ${server.pid} serves ${dataDirectory} on a socket in ${server.socketDirectory}, which others may enter: stop it first.`,
        );
      }
      try {
        return { server, lease: await openLease(server) };
      } catch (error) {
        cause = error; // it may just be going away
      }
    }
    if (performance.now() > deadline) {
      const reason = cause instanceof Error ? ` (${cause.message})` : '';
      throw new Error(
        `The PostgreSQL server of ${dataDirectory}, process ${server.pid}, does not answer${reason}:\n${logTail(dataDirectory)}`,
        { cause },
      );
    }
  }
}

async function start(
  { home, dataDirectory, user }: ClusterPlacement,
  effort: Effort,
  deadline: number,
): Promise<Postmaster> {
  if (effort === 'revive' && !leftPidFile(dataDirectory))
    throw new Error(`The server of ${dataDirectory} was stopped.`);
  const version = clusterVersion(dataDirectory);
  const binaries = postgresBinaries(home, user);
  if (version === undefined) await createCluster(binaries, dataDirectory, user);
  else if (version !== binaries.major) {
    throw new Error(
      `The cluster ${dataDirectory} is of PostgreSQL ${version}, the installed binaries are ${binaries.major}: move it away to start empty, or dump it with PostgreSQL ${version} and restore it, or set DATABASE_URL.`,
    );
  }
  const socketDirectory = socketDirectoryFor(dataDirectory, user);
  return startPostmaster(
    { binaries, dataDirectory, socketDirectory, port: PORT, settings: SETTINGS, user },
    deadline,
  );
}

async function leave(dataDirectory: string, lease: Client): Promise<void> {
  const shared = await isShared(lease).catch(() => undefined);
  await lease.end().catch(() => undefined);
  const server = findPostmaster(dataDirectory);
  if (shared !== false || !server) return;
  if (await stopPostmaster(dataDirectory, 'SIGINT', STOP_MS)) rmdirSync(server.socketDirectory);
}
