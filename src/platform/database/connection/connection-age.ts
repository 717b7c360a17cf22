import type { Pool } from 'pg';

import type { DatabaseClient } from '../client/database-client.js';

/**
 * Replaces connections above a maximum age when they are released. The pool's own
 * `maxLifetimeSeconds` starts a timer per connection, which cannot wait longer than 24 days: it
 * would fire at once. Idle ones need no timer, since they are closed much earlier.
 * @param pool of `DatabaseClient`s.
 * @param seconds any length.
 */
export function replaceOldConnections(pool: Pool, seconds: number): void {
  pool.on('release', (_error, client) => {
    // The pool drops a client that is ending.
    if ((client as unknown as DatabaseClient).ageMs >= seconds * 1000) void client.end();
  });
}
