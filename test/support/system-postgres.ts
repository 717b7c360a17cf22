import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresBinaries } from '../../src/platform/database/embedded/postgres-binaries.js';

const DEBIAN = '/usr/lib/postgresql';

/** Folder of the newest PostgreSQL server installed on this system, so that tests can be skipped by name without one. */
export function systemPostgresBin(): string | undefined {
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a))
    : [];
  const candidates = [...versions.map((version) => join(DEBIAN, version, 'bin')), pgConfigBin()];
  return candidates.find(
    (bin) => bin && existsSync(join(bin, 'postgres')) && existsSync(join(bin, 'initdb')),
  );
}

/** The same with its major version. Throws when there is none. */
export function systemPostgresBinaries(): PostgresBinaries {
  const bin = systemPostgresBin();
  if (!bin) throw new Error('No PostgreSQL server is installed on this system.');
  const version = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  return { bin, major: Number(/\) (\d+)/.exec(version)?.[1]) };
}

function pgConfigBin(): string | undefined {
  try {
    return execFileSync('pg_config', ['--bindir'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
