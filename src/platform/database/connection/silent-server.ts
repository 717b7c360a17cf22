import type { Pool } from 'pg';

import { DatabaseUnavailable } from '../errors/database-unavailable.js';

/**
 * Refuses callers who waited for a connection while the server fell silent. A pooler still opens connections then,
 * and their statements would last another time-out.
 * @param outage `active` while a statement would get no answer.
 */
export function refuseWhileSilent(pool: Pool, outage: { readonly active: boolean }): void {
  pool.options.verify = (_client, done) => done(outage.active ? unavailable() : undefined);
}

function unavailable(): DatabaseUnavailable {
  const silent = new Error('the database server does not answer');
  return new DatabaseUnavailable(Object.assign(silent, { code: 'ETIMEDOUT' }));
}
