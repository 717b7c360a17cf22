import type { SchemaStep } from '../../declarations/schema-step.js';
import { JOBS_SCHEMA } from './boss.js';

/**
 * An index of the table of jobs. The table belongs to pg-boss, and does not exist yet when the SQL files run.
 * @param step its name among pending migrations.
 * @param definition SQL: columns or expressions in parentheses, and a condition.
 */
export function jobsIndex(step: string, index: string, definition: string): SchemaStep {
  return {
    async pending(execute) {
      const [row] = (await execute(
        `SELECT to_regclass('${JOBS_SCHEMA}.${index}') IS NOT NULL AS present`,
      )) as { present: boolean }[];
      return row?.present === true ? [] : [step];
    },
    async apply(execute) {
      await execute(`CREATE INDEX ${index} ON ${JOBS_SCHEMA}.job ${definition}`);
    },
  };
}
