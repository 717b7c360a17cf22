import type { Pool } from 'pg';

import { DatabaseUnavailable, overdue } from '../errors/database-unavailable.js';

/**
 * Refuses callers who waited for a connection while the server fell silent. A pooler still opens connections then,
 * and their statements would last another time-out.
 * @param outage `active` while a statement would get no answer.
 */
export function refuseWhileSilent(pool: Pool, outage: { readonly active: boolean }): void {
  pool.options.verify = (_client, done) =>
    done(outage.active ? new DatabaseUnavailable(overdue()) : undefined);
}
