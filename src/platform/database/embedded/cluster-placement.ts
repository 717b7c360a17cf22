import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canEnter, claimDirectory, serverUserFor, type ServerUser } from './server-user.js';

/** Where a cluster lives and who runs its server. */
export interface ClusterPlacement {
  /** Folder of the cluster, of its lock, and of the binaries when those had to be copied. */
  home: string;
  dataDirectory: string;
  /** Undefined: our own account. */
  user?: ServerUser;
  /** Set when `home` is not the data folder asked for: one sentence that says why. */
  note?: string;
}

/**
 * Decides where the cluster of `dataDir` lives: in `<dataDir>/postgres`, unless we are root and the account that has
 * to run PostgreSQL cannot get there (say below a 0700 home). Opening a home folder to others would be wrong, so the cluster
 * then moves to a folder of the system's state or temporary directory, named after the path, the same at every start.
 * Creates the folders it names, except the cluster's own. Throws when nothing is writable.
 */
export function placeCluster(dataDir: string): ClusterPlacement {
  mkdirSync(dataDir, { recursive: true });
  const wanted = realpathSync(dataDir);
  const user = serverUserFor(join(wanted, 'postgres'));
  if (canEnter(wanted, user))
    return { home: wanted, dataDirectory: join(wanted, 'postgres'), user };

  const home = stateDirectory(wanted);
  const dataDirectory = join(home, 'postgres');
  return {
    home,
    dataDirectory,
    user: serverUserFor(dataDirectory),
    note: `PostgreSQL does not run as root and its account (uid ${user?.uid}) cannot enter ${wanted}, so the embedded cluster is kept in ${dataDirectory}.`,
  };
}

function stateDirectory(wanted: string): string {
  const name = `cloudnative-user-api-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`;
  const failures: string[] = [];
  for (const base of ['/var/lib', '/var/tmp', tmpdir()]) {
    const path = join(base, name);
    try {
      if (claimDirectory(path, 0o755, [0]) && canEnter(path, serverUserFor(join(path, 'postgres'))))
        return path;
      failures.push(`${path} is not safe to use`);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  throw new Error(
    `No folder for the embedded PostgreSQL (${failures.join('; ')}): set DATABASE_URL to use another server.`,
  );
}
