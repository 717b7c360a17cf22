import type { QueryResult, QueryResultRow } from 'pg';
import type { EntityManager } from 'typeorm';

import type { DatabaseClient } from '../client/database-client.js';
import type { RunStatement, Statement } from '../statements/statement.js';

/**
 * Runs a statement of a transaction that every connection parses and plans once, without TypeORM's
 * query builder: for statements of each sign-up. With `DATABASE_PREPARED_STATEMENTS=false` it is
 * not prepared.
 * @param statement names its columns: PostgreSQL refuses to run a prepared `*` after a migration
 * ("cached plan must not change result type").
 */
export async function runPrepared<Row extends QueryResultRow>(
  manager: EntityManager,
  statement: Statement,
): Promise<QueryResult<Row>> {
  const client = (await manager.queryRunner?.connect()) as DatabaseClient;
  return client.prepared<Row>(statement);
}

/** Runs statements in the transaction of an entity manager, see `runPrepared`. */
export function runIn(manager: EntityManager): RunStatement {
  return async (statement) => runPrepared(manager, statement);
}
