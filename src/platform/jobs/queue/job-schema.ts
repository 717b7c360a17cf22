import { getConstructionPlans, getMigrationPlans, PgBoss } from 'pg-boss';

import type { Execute, SchemaStep } from '../../declarations/schema-step.js';
import { JOBS_SCHEMA } from './boss.js';
import type { JobDefinition } from '../../declarations/job-definition.js';

const DAY_SECONDS = 86_400;
/** A job whose process was killed is given to another one after this time. */
export const HEARTBEAT_SECONDS = 10;

/**
 * The job tables and queues as a step of `migrate`.
 * @param jobs all kinds of jobs.
 */
export function jobSchema(jobs: readonly JobDefinition[]): SchemaStep {
  return {
    async pending(execute) {
      const version = await installedVersion(execute);
      if (version === undefined) return ['job-tables', ...jobs.map(queueStep)];
      const queues = await queueNames(execute);
      return [
        ...(version < codeVersion() ? ['job-tables'] : []),
        ...jobs.filter(({ queue }) => !queues.has(queue)).map(queueStep),
      ];
    },
    async apply(execute) {
      const version = await installedVersion(execute);
      if (version === undefined) await execute(getConstructionPlans(JOBS_SCHEMA));
      else if (version < codeVersion()) await execute(getMigrationPlans(JOBS_SCHEMA, version));
      const boss = new PgBoss({
        db: { executeSql: async (sql, parameters) => ({ rows: await execute(sql, parameters) }) },
        schema: JOBS_SCHEMA,
        migrate: false,
        createSchema: false,
      });
      for (const { queue } of jobs) {
        await boss.createQueue(queue, {
          heartbeatSeconds: HEARTBEAT_SECONDS,
          notify: true,
          // Waiting jobs survive long outages. `cleanup` removes ended ones; this is the limit
          // without it.
          retentionSeconds: 60 * DAY_SECONDS,
          deleteAfterSeconds: 60 * DAY_SECONDS,
        });
      }
    },
  };
}

function queueStep({ queue }: JobDefinition): string {
  return `job-queue-${queue}`;
}

async function installedVersion(execute: Execute): Promise<number | undefined> {
  const [{ present } = { present: false }] = (await execute(
    `SELECT to_regclass('${JOBS_SCHEMA}.version') IS NOT NULL AS present`,
  )) as { present: boolean }[];
  if (!present) return undefined;
  const [row] = (await execute(`SELECT version FROM ${JOBS_SCHEMA}.version`)) as {
    version: number;
  }[];
  return row?.version;
}

async function queueNames(execute: Execute): Promise<Set<string>> {
  const rows = (await execute(`SELECT name FROM ${JOBS_SCHEMA}.queue`)) as { name: string }[];
  return new Set(rows.map(({ name }) => name));
}

/** The schema version that the installed pg-boss works with is in its construction plan. */
function codeVersion(): number {
  const [, version] =
    /version\(version\) VALUES \('(\d+)'\)/.exec(getConstructionPlans(JOBS_SCHEMA)) ?? [];
  if (version === undefined) throw new Error('pg-boss no longer states its schema version');
  return Number(version);
}
