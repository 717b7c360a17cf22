import type { EntityManager } from 'typeorm';

import type { DatabaseClient } from '../client/database-client.js';
import { transactionSettings } from '../client/session-settings.js';
import { silenceFor } from '../connection/data-source-options.js';

/**
 * Begins the transaction with its settings and with the time limit of its statements, on both
 * sides.
 */
export async function withStatementTimeLimit<Result>(
  manager: EntityManager,
  statementTimeoutMs: number,
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  const client = (await manager.queryRunner?.connect()) as DatabaseClient;
  client.allowSilence(silenceFor(statementTimeoutMs));
  try {
    await manager.query(
      transactionSettings({
        statement_timeout: String(statementTimeoutMs),
        idle_in_transaction_session_timeout: String(2 * statementTimeoutMs),
      }),
    );
    return await work(manager);
  } finally {
    client.allowSilence();
  }
}
