import { setTimeout as delay } from 'node:timers/promises';

import type { Execute } from '../../declarations/schema-step.js';

/** Any constant does, as long as every release uses the same: the first bytes of sha256('user-api'). */
const LOCK_KEY = 0x75736572;
const POLL_MS = 200;
/** Interval in milliseconds at which a waiting process logs the holder. */
const REPORT_MS = 10_000;

/** pg_locks shows a lock on 64 bits as two halves, with 1 as `objsubid`. */
const HOLDER = `
  SELECT a.pid, a.application_name AS application,
         coalesce(host(a.client_addr), 'a local socket') AS address,
         to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
    FROM pg_locks l JOIN pg_stat_activity a USING (pid)
   WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = $1 AND l.objsubid = 1
     AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

interface Holder {
  readonly pid: number;
  readonly application: string;
  readonly address: string;
  /** Undefined if the role may not read it. */
  readonly since: string | null;
}

/**
 * Waits for the advisory lock under which one process at a time changes the schema. It polls, since
 * a statement that waits in the server has a snapshot, and CREATE INDEX CONCURRENTLY of the lock
 * holder would wait for that snapshot: a deadlock.
 * @param execute on the connection for the lock.
 * @param onWait called every 10 s with the holder.
 */
export async function acquireLock(
  execute: Execute,
  onWait: (holder: string) => void,
): Promise<void> {
  let reported = performance.now();
  while (!(await tookLock(execute))) {
    if (performance.now() - reported >= REPORT_MS) {
      reported = performance.now();
      const holder = await holderOf(execute);
      if (holder !== undefined) onWait(holder);
    }
    await delay(POLL_MS);
  }
}

/** @param execute on the connection that holds the lock. */
export async function releaseLock(execute: Execute): Promise<void> {
  await execute('SELECT pg_advisory_unlock($1)', [LOCK_KEY]);
}

async function tookLock(execute: Execute): Promise<boolean> {
  const [row] = (await execute('SELECT pg_try_advisory_lock($1) AS taken', [LOCK_KEY])) as {
    taken: boolean;
  }[];
  return row?.taken === true;
}

/** The session that holds the lock, in one line; undefined if it is free. */
async function holderOf(execute: Execute): Promise<string | undefined> {
  const [row] = (await execute(HOLDER, [LOCK_KEY])) as Holder[];
  if (row === undefined) return undefined;
  const { pid, application, address, since } = row;
  return `pid ${pid}, ${application || 'no name'}, ${address}, since ${since ?? 'a time that this role may not see'}`;
}
