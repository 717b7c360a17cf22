import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { CACHE } from './cache.js';

const LOCK = join(CACHE, 'running');
const LONGEST_WAIT_MS = 600_000;

/**
 * Waits until no other run on this machine makes containers: storage, image tag, pod and secret are the
 * same for all, and the cleaning up of one would take the pod of another away.
 */
export async function alone(): Promise<void> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (!taken()) {
    if (Date.now() > deadline) throw new Error(`another run holds ${LOCK}`);
    await delay(500);
  }
  process.on('exit', () => rmSync(LOCK, { force: true }));
}

function taken(): boolean {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!held()) rmSync(LOCK, { force: true });
    return false;
  }
}

/** Not when the run was killed that left it there. */
function held(): boolean {
  try {
    return process.kill(Number(readFileSync(LOCK, 'utf8')), 0);
  } catch {
    return false;
  }
}
