import { execFile, type ExecFileException } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import type { PostgresBinaries } from './postgres-binaries.js';
import { readIfThere } from './read-if-there.js';
import { giveTo, type ServerUser } from './server-user.js';

const run = promisify(execFile);

/** Nothing of our own environment: PGDATA, PGPORT and their like would change what the server does. */
export const CLEAN_ENV = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' };

/** PostgreSQL 17 brought a locale that sorts alike on every system; before that the C library's has to do. */
const BUILTIN_LOCALE_SINCE = 17;

/** Major version of the cluster in `dataDirectory`; undefined when there is none. Throws when it cannot be read. */
export function clusterVersion(dataDirectory: string): number | undefined {
  const version = readIfThere(join(dataDirectory, 'PG_VERSION'));
  return version === undefined ? undefined : Number.parseInt(version, 10);
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

async function runInitdb(
  { bin, major }: PostgresBinaries,
  dataDirectory: string,
  user: ServerUser | undefined,
): Promise<void> {
  const locale =
    major >= BUILTIN_LOCALE_SINCE
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : [process.platform === 'linux' ? '--locale=C.UTF-8' : '--no-locale'];
  const settings = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'];
  const program = join(bin, 'initdb');
  try {
    await run(program, [`--pgdata=${dataDirectory}`, ...settings, ...locale], {
      ...user,
      cwd: dataDirectory,
      env: CLEAN_ENV,
    });
  } catch (cause) {
    const { syscall, message, signal, code, stdout, stderr } = cause as ExecFailure;
    if (syscall !== undefined)
      throw new Error(`${program} does not run here (${message}): set DATABASE_URL.`, { cause });
    const output = `${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n');
    throw new Error(`${program} failed (${signal ?? code}): ${output}`, { cause });
  }
}

/** What `execFile` rejects with: of a program that could not be started, or that failed. */
interface ExecFailure extends ExecFileException {
  readonly syscall?: string;
  readonly stdout?: string;
  readonly stderr?: string;
}
