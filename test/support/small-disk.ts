import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { giveTo, serverUserFor } from '../../src/platform/database/embedded/server-user.js';

const BLOCK = Buffer.alloc(4096, 1);
const MEBIBYTE = Buffer.alloc(1024 * 1024, 1);

/** A file system of its own, in memory, that can be full. */
export interface SmallDisk {
  /** Its root, of the account that PostgreSQL runs as. */
  readonly path: string;
  /** Leaves no block free; once more, it takes what was given back since. */
  fill(): void;
  /** Gives back what `fill` took. */
  free(): void;
  /** Unmounts it, whoever uses it. May be called again. */
  remove(): void;
}

/** Mounts one, which takes root. It goes with `remove()`, or when this process exits. */
export function mountSmallDisk(mebibytes: number): SmallDisk {
  const path = mkdtempSync(join('/tmp', 'cnua-test-disk-'));
  const filler = join(path, 'filler');
  let mounted = false;
  const remove = () => {
    process.off('exit', remove);
    if (!mounted) return;
    mounted = false;
    execFileSync('umount', ['--lazy', path]);
    rmdirSync(path);
  };
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0700`, 'tmpfs', path]);
  mounted = true;
  process.once('exit', remove);
  giveTo(serverUserFor(path), path);
  return {
    path,
    fill() {
      const file = openSync(filler, 'a');
      try {
        for (const chunk of [MEBIBYTE, BLOCK]) while (wrote(file, chunk));
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, { force: true }),
    remove,
  };
}

/** @returns whether there was room. */
function wrote(file: number, chunk: Buffer): boolean {
  try {
    return writeSync(file, chunk) > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}
