import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  canEnter,
  claimDirectory,
  giveTo,
  isOwnDirectory,
  type ServerUser,
} from './server-user.js';

/** sun_path holds 108 bytes on Linux and 104 on macOS, with the closing NUL. */
const LONGEST_SOCKET_PATH = 103;

/**
 * A 0700 directory of the server's account for the socket of an existing cluster. It cannot be the data folder, whose
 * path is often longer than a socket's may be. Named after the cluster, so the URL survives restarts. A name that
 * somebody else took (in /tmp anyone may) is left alone for a random one.
 * Throws when no temporary folder is writable.
 */
export function socketDirectoryFor(dataDirectory: string, user: ServerUser | undefined): string {
  const name = `cnua-pg-${clusterName(dataDirectory)}`;
  const base =
    [tmpdir(), '/tmp'].find(
      (candidate) => fits(join(candidate, name)) && canEnter(candidate, user),
    ) ?? '/tmp';
  const path = join(base, name);
  const owners = [process.getuid?.(), user?.uid];
  const directory = claimDirectory(path, 0o700, owners) ? path : mkdtempSync(`${path}-`);
  giveTo(user, directory);
  return directory;
}

/** Whether the socket in `directory` can only be the work of the server's account. */
export function isPrivateSocketDirectory(directory: string, user: ServerUser | undefined): boolean {
  return isOwnDirectory(directory, 0o700, [user ? user.uid : process.getuid?.()]);
}

function fits(directory: string): boolean {
  return Buffer.byteLength(`${directory}-XXXXXX/.s.PGSQL.65535`) <= LONGEST_SOCKET_PATH;
}

/**
 * From the path and the system identifier, the first 8 bytes of pg_control: a cluster made anew at the same path must
 * not meet the socket of a server that still runs on the deleted one.
 */
function clusterName(dataDirectory: string): string {
  const identifier = Buffer.alloc(8);
  const file = openSync(join(dataDirectory, 'global', 'pg_control'), 'r');
  try {
    readSync(file, identifier, 0, 8, 0);
  } finally {
    closeSync(file);
  }
  return createHash('sha256').update(dataDirectory).update(identifier).digest('hex').slice(0, 12);
}
