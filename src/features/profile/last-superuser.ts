import type { Database } from '../../platform/database/database.js';

import { Forbidden, problem } from '../../platform/problems/problem.js';
import type { User } from '../users/user.entity.js';

/** 403: without a superuser nobody could make another one over HTTP. */
export class LastSuperuser extends problem(Forbidden, 'The last active superuser stays one.') {}

/** Any constant of our own: the first bytes of sha256('last-superuser'). */
const LOCK_KEY = 0x6c617374;

/**
 * Ensures that another active superuser remains. The lock serialises two superusers who remove each
 * other. Call it in the transaction of the change.
 * @throws LastSuperuser
 */
export async function ensureAnotherSuperuser(database: Database, user: User): Promise<void> {
  if (user.role !== 'superuser' || user.status !== 'active') return;
  await database.current.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
  const others = await database.current.query<unknown[]>(
    `SELECT 1 FROM public.users
      WHERE role = 'superuser' AND status = 'active' AND deleted_at IS NULL AND id <> $1 LIMIT 1`,
    [user.id],
  );
  if (others.length === 0) throw new LastSuperuser();
}
