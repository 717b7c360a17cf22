import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.js';
import { giveTo, type ServerUser } from './server-user.js';

/** Nothing of our own environment: PGDATA, PGPORT and their like would change what the server does. */
export const CLEAN_ENV = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' };

/** PostgreSQL 17 brought a locale that sorts alike on every system; before that the C library's has to do. */
const BUILTIN_LOCALE_SINCE = 17;

/** Major version of the cluster in `dataDirectory`; undefined when there is none. Throws when it cannot be read. */
export function clusterVersion(dataDirectory: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(dataDirectory, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Creates a cluster with the superuser `postgres`, trusted on its socket. It is made beside its place and renamed
 * there, so whatever kills us half-way leaves no half-made cluster; the remains are cleared by the next call.
 * The caller holds the cluster's lock. About 1 s. Throws with initdb's last lines, or when something is in the way.
 */
export async function createCluster(
  binaries: PostgresBinaries,
  dataDirectory: string,
  user: ServerUser | undefined,
): Promise<void> {
  const home = dirname(dataDirectory);
  const draftPrefix = `.${basename(dataDirectory)}-initdb-`;
  for (const old of readdirSync(home)) {
    if (old.startsWith(draftPrefix))
      rmSync(join(home, old), { recursive: true, force: true, maxRetries: 5 });
  }
  const draft = mkdtempSync(join(home, draftPrefix));
  try {
    giveTo(user, draft);
    await runInitdb(binaries, draft, user);
    renameSync(draft, dataDirectory);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 });
    if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? ''))
      throw cause;
    throw new Error(
      `${dataDirectory} exists and is not a PostgreSQL cluster: move it away, or set DATABASE_URL.`,
      { cause },
    );
  }
}

function runInitdb(
  { bin, major }: PostgresBinaries,
  dataDirectory: string,
  user: ServerUser | undefined,
): Promise<void> {
  const locale =
    major >= BUILTIN_LOCALE_SINCE
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : [process.platform === 'linux' ? '--locale=C.UTF-8' : '--no-locale'];
  const options = [
    '-D',
    dataDirectory,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-sync',
    ...locale,
  ];
  return new Promise((resolve, reject) => {
    const program = join(bin, 'initdb');
    const child = spawn(program, options, {
      ...user,
      cwd: dataDirectory,
      env: CLEAN_ENV,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (cause) =>
      reject(
        new Error(`${program} does not run here (${cause.message}): set DATABASE_URL.`, { cause }),
      ),
    );
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `${program} failed (${signal ?? code}): ${output.trim().split('\n').slice(-5).join('\n')}`,
          ),
        );
    });
  });
}
