import { readdirSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspectProcess } from './process-info.js';

const FREE = 'free';
const POLL_MS = 15;

/**
 * Runs `work` while no other process (nor another call in this one) holds the same lock; the lock of a process that
 * died, by kill -9 too, counts as free.
 *
 * Node has no flock(2), and a lock file with a pid in it has the race where two waiters both find it stale and the
 * slower one deletes the lock the faster one just took. So a lock is a series of symlinks `<name>.1`, `<name>.2`, ...
 * whose target names the holder (creating one is atomic together with its content): the highest number decides, it
 * is succeeded rather than deleted, and only one process can create the next.
 *
 * @param directory where the symlinks live; the caller must be able to write there
 * @param waitMs milliseconds to wait for the holder before giving up with an Error that names it
 */
export async function withExclusiveLock<T>(
  directory: string,
  name: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + waitMs;
  let mine = tryLock(directory, name);
  while (mine === undefined) {
    if (performance.now() > deadline) {
      throw new Error(
        `Process ${holderOf(directory, name) ?? '?'} has held the lock ${join(directory, name)} for too long.`,
      );
    }
    await sleep(POLL_MS);
    mine = tryLock(directory, name);
  }
  try {
    return await work();
  } finally {
    passOn(directory, name, mine);
  }
}

/** The number of the link that makes us the holder, or undefined while someone else is. */
function tryLock(directory: string, name: string): number | undefined {
  const top = highest(directory, name);
  if (top > 0) {
    const holder = linkTarget(join(directory, `${name}.${top}`));
    if (holder === undefined || isHeld(holder)) return undefined;
  }
  const mine = top + 1;
  if (!createLink(self(), join(directory, `${name}.${mine}`))) return undefined;
  if (highest(directory, name) !== mine) {
    // We slept between looking and creating, and took a number that others had already used and cleared.
    remove(join(directory, `${name}.${mine}`));
    return undefined;
  }
  for (const lower of generations(directory, name))
    if (lower < mine) remove(join(directory, `${name}.${lower}`));
  return mine;
}

function passOn(directory: string, name: string, mine: number): void {
  createLink(FREE, join(directory, `${name}.${mine + 1}`));
  remove(join(directory, `${name}.${mine}`));
}

function isHeld(holder: string): boolean {
  const [pid, startedAt] = holder.split(':');
  return holder !== FREE && inspectProcess(Number(pid))?.startedAt === startedAt;
}

function self(): string {
  return `${process.pid}:${inspectProcess(process.pid)?.startedAt ?? ''}`;
}

function holderOf(directory: string, name: string): string | undefined {
  return linkTarget(join(directory, `${name}.${highest(directory, name)}`))?.split(':')[0];
}

function generations(directory: string, name: string): number[] {
  const prefix = `${name}.`;
  const numbers = readdirSync(directory).filter((entry) => entry.startsWith(prefix));
  return numbers.map((entry) => Number(entry.slice(prefix.length))).filter(Number.isSafeInteger);
}

function highest(directory: string, name: string): number {
  return Math.max(0, ...generations(directory, name));
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function createLink(target: string, path: string): boolean {
  try {
    symlinkSync(target, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // someone else tidied up first
  }
}
