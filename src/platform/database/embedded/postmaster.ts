import { spawn } from 'node:child_process';
import {
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLEAN_ENV } from './initdb.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { inspectProcess, isPidTaken, isPostgresOf } from './process-info.js';
import { readIfThere } from './read-if-there.js';
import type { ServerUser } from './server-user.js';

/** A live server of a cluster, from its postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
  socketDirectory: string;
  /** False while it starts, recovers or shuts down. */
  ready: boolean;
}

export interface PostmasterOptions {
  binaries: PostgresBinaries;
  dataDirectory: string;
  socketDirectory: string;
  /** Part of the socket's name, and the TCP port should `settings` let it listen. */
  port: number;
  settings: Record<string, string>;
  user?: ServerUser;
}

const POLL_MS = 10;
const LARGEST_LOG_BYTES = 4 * 1024 * 1024;
/** A lock file this young and still empty is being written by a server that starts. */
const EMPTY_GRACE_MS = 2_000;
/** Backends of a killed server, or a server just going away, still hold what the next one needs: worth another try. */
const PASSING =
  /pre-existing shared memory block|lock file ".*" (already exists|is empty)|could not create lock file/;

/** The server that runs on this cluster now, if any; a pid file left by a dead one does not count. */
export function findPostmaster(dataDirectory: string): Postmaster | undefined {
  // pid, data directory, start time, port, socket directory, listen address, shared memory, status
  const lines = readIfThere(pidFile(dataDirectory))?.split('\n') ?? [];
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!isPostgresOf(pid, dataDirectory)) return undefined;
  return {
    pid,
    port: Number(lines[3]),
    socketDirectory: lines[4] ?? '',
    ready: lines[7]?.trim() === 'ready',
  };
}

/** Whether a pid file is there. Without a live server it means a crash: an orderly shutdown removes it. */
export function leftPidFile(dataDirectory: string): boolean {
  return readIfThere(pidFile(dataDirectory)) !== undefined;
}

/**
 * Starts a server in a session of its own, so that Ctrl-C in our terminal does not reach it and it may outlive us, and
 * waits until it accepts connections. The caller holds the cluster's lock and found no server.
 * Throws with the last lines of its log when it gives up or `deadline` (on the performance.now() clock) passes; one that
 * is still recovering then is left to finish.
 */
export async function startPostmaster(
  options: PostmasterOptions,
  deadline: number,
): Promise<Postmaster> {
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    removeStaleLocks(options);
    const outcome = await attempt(options, deadline);
    if (typeof outcome !== 'string') return outcome;
    if (!PASSING.test(outcome) || performance.now() + pauseMs > deadline) {
      throw new Error(
        `PostgreSQL did not start on ${options.dataDirectory}: ${outcome || 'it wrote nothing to its log'}`,
      );
    }
    await sleep(pauseMs);
  }
}

/**
 * Ends the server without harm to its data and waits until it is gone; true when it is within `waitMs` milliseconds.
 * SIGINT is PostgreSQL's fast shutdown (sessions are cut, a checkpoint written), SIGQUIT its immediate one.
 */
export async function stopPostmaster(
  dataDirectory: string,
  signal: 'SIGINT' | 'SIGQUIT',
  waitMs: number,
): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  const server = findPostmaster(dataDirectory);
  if (!server) return true;
  const startedAt = inspectProcess(server.pid)?.startedAt;
  process.kill(server.pid, signal);
  while (performance.now() < deadline) {
    if (inspectProcess(server.pid)?.startedAt !== startedAt) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** What the server logged from byte `from` on: its last five lines. */
export function logTail(dataDirectory: string, from = 0): string {
  try {
    const log = readFileSync(join(dataDirectory, 'server.log')).subarray(from).toString().trim();
    return log.split('\n').slice(-5).join('\n');
  } catch {
    return '';
  }
}

/** One try: the server, or the end of its log when it exited or took too long. Rejects when it cannot be spawned. */
function attempt(options: PostmasterOptions, deadline: number): Promise<Postmaster | string> {
  const { dataDirectory, user } = options;
  const log = openLog(dataDirectory, user);
  const from = fstatSync(log).size;
  const program = join(options.binaries.bin, 'postgres');
  const child = spawn(program, serverArguments(options), {
    ...user,
    cwd: dataDirectory,
    env: CLEAN_ENV,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return new Promise((resolve, reject) => {
    const poll = setInterval(() => {
      const server = findPostmaster(dataDirectory);
      if (server?.ready && server.pid === child.pid) settle(() => resolve(server));
      else if (performance.now() > deadline)
        settle(() => resolve(`still starting\n${logTail(dataDirectory, from)}`));
    }, POLL_MS);
    const settle = (finish: () => void) => {
      clearInterval(poll);
      child.removeAllListeners();
      finish();
    };
    child.once('error', (cause) =>
      settle(() =>
        reject(
          new Error(`${program} does not run here (${cause.message}): set DATABASE_URL.`, {
            cause,
          }),
        ),
      ),
    );
    child.once('exit', () => settle(() => resolve(logTail(dataDirectory, from))));
  });
}

function serverArguments(options: PostmasterOptions): string[] {
  const { dataDirectory, socketDirectory, port, settings } = options;
  const sockets = {
    unix_socket_directories: socketDirectory,
    port,
    unix_socket_permissions: '0700',
  };
  const given = Object.entries({ ...sockets, ...settings });
  return ['-D', dataDirectory, ...given.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function openLog(dataDirectory: string, user: ServerUser | undefined): number {
  // The folder belongs to another account when we are root: do not follow a link it may have put there.
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;
  const log = openSync(join(dataDirectory, 'server.log'), flags, 0o600);
  if (fstatSync(log).size > LARGEST_LOG_BYTES) ftruncateSync(log);
  if (user) fchownSync(log, user.uid, user.gid);
  return log;
}

/**
 * PostgreSQL itself clears lock files of pids that are gone, and first looks whether orphaned backends still use the
 * shared memory they name. It does not clear those of a zombie, which a container without an init keeps for good, nor
 * of a number used again by a process of the same account: that is left to us. Those of a live server stay.
 */
function removeStaleLocks({ dataDirectory, socketDirectory, port }: PostmasterOptions): void {
  for (const path of [pidFile(dataDirectory), join(socketDirectory, `.s.PGSQL.${port}.lock`)]) {
    const content = readIfThere(path);
    const pid = Number.parseInt(content ?? '', 10);
    if (content === undefined || isPostgresOf(pid, dataDirectory) || (pid > 1 && !isPidTaken(pid)))
      continue;
    const ageMs = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (content === '' && ageMs < EMPTY_GRACE_MS) continue;
    rmSync(path, { force: true });
  }
}

function pidFile(dataDirectory: string): string {
  return join(dataDirectory, 'postmaster.pid');
}
