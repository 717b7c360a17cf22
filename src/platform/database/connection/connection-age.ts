import type { Pool } from 'pg';

import type { DatabaseClient } from '../client/database-client.js';

/**
 * Replaces connections that are older than a limit, when they are given back. The pool's own
 * `maxLifetimeSeconds` starts a timer per connection, which cannot wait for longer than 24 days: it
 * would end at once. Idle ones need no timer either, since they are closed long before.
 * @param pool of `DatabaseClient`s.
 * @param seconds any length.
 */
export function replaceOldConnections(pool: Pool, seconds: number): void {
  pool.on('release', (_error, client) => {
    // A client that is ending is dropped by the pool, which goes on from here.
    if ((client as unknown as DatabaseClient).ageMs >= seconds * 1000) void client.end();
  });
}
