import { chmodSync, lchownSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The account PostgreSQL runs as when that is not our own. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** `nobody` on Linux. PostgreSQL refuses to run as root. */
const NOBODY: ServerUser = { uid: 65534, gid: 65534 };

/**
 * Who must run the server: ourselves (undefined), unless we are root; then the owner of the cluster if it exists
 * already, so that `sudo` beside an ordinary session neither breaks nor steals it, or else uid 65534.
 */
export function serverUserFor(dataDirectory: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : NOBODY;
}

/**
 * Whether `user` may enter an existing directory: search permission on it and on everything above it. Reads mode bits
 * only; access lists that say otherwise are not seen.
 */
export function canEnter(directory: string, user: ServerUser | undefined): boolean {
  if (!user) return true;
  for (let path = directory; ; path = dirname(path)) {
    const { mode, uid, gid } = statSync(path);
    const search = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & search) === 0) return false;
    if (dirname(path) === path) return true;
  }
}

/** Hands a folder (itself; neither what is below it nor what a link points to) to the server's account, if not ours. */
export function giveTo(user: ServerUser | undefined, path: string): void {
  if (user) lchownSync(path, user.uid, user.gid);
}

/**
 * Creates `path` with exactly `mode`, or accepts what is there only when it is a real directory (no symlink) of one of
 * `owners` and nobody else may write to it: in /tmp and its like anyone can be there first.
 * Returns false when what is there cannot be trusted; throws when the place is not writable.
 */
export function claimDirectory(
  path: string,
  mode: number,
  owners: (number | undefined)[],
): boolean {
  try {
    mkdirSync(path, { mode });
    chmodSync(path, mode);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return isOwnDirectory(path, mode, owners);
}

/** True for a real directory of one of `owners` that grants no more than `mode`; see {@link claimDirectory}. */
export function isOwnDirectory(
  path: string,
  mode: number,
  owners: (number | undefined)[],
): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return !!found?.isDirectory() && owners.includes(found.uid) && (found.mode & 0o777 & ~mode) === 0;
}
