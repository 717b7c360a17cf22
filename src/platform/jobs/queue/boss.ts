import { PgBoss } from 'pg-boss';

import type { Database } from '../../database/database.js';
import type { DatabaseListener } from '../../database/connection/database-listener.js';
import type { RunStatement } from '../../database/statements/statement.js';
import type { JobArrivals } from './job-arrivals.js';

export const JOBS_SCHEMA = 'pgboss';

type BossDatabase = ConstructorParameters<typeof PgBoss>[0] extends infer Options
  ? Options extends { db?: infer Db }
    ? NonNullable<Db>
    : never
  : never;

/**
 * pg-boss on the pool that requests use, so that the process's connections are counted once. Its
 * tables belong to `migrate`; sending needs no `start()`, only consuming does.
 * @param consuming for consumers: the source of notifications and their receiver.
 */
export function createBoss(
  database: Database,
  consuming?: { readonly listener: DatabaseListener; readonly arrivals: JobArrivals },
): PgBoss {
  const db: BossDatabase = {
    executeSql: async (text, values) => database.execute(text, values),
    ...(consuming && {
      // pg-boss defines the channel; its own loops are not used.
      listen: async (channel: string) =>
        consuming.listener.listen(
          channel,
          (queue) => consuming.arrivals.arrived(queue),
          () => consuming.arrivals.anythingMayHaveArrived(),
        ),
    }),
  };
  return new PgBoss({
    db,
    schema: JOBS_SCHEMA,
    migrate: false,
    createSchema: false,
    schedule: false,
    // The heartbeat of a killed process expires after 10 s; this is the interval at which others
    // check.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    useListenNotify: consuming !== undefined,
    // We have our own metrics and spans of jobs.
    openTelemetry: { enabled: false },
    monitorVacuum: false,
    reindex: false,
  });
}

/** Lets the caller run pg-boss's statements: sending is one constant statement per queue. */
export function runningBy(run: RunStatement): BossDatabase {
  return { executeSql: async (text, values = []) => run({ text, values }) };
}
