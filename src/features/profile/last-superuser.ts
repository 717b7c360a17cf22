import { Forbidden, problem } from '../../platform/problems/problem.js';
import type { User } from '../users/user.entity.js';
import type { UsersRepository } from '../users/users.repository.js';

/** 403: without a superuser nobody could make another one over HTTP. */
export class LastSuperuser extends problem(Forbidden, 'The last active superuser stays one.') {}

/**
 * Ensures that another active superuser remains. Call it in the transaction of the change.
 * @throws LastSuperuser
 */
export async function ensureAnotherSuperuser(users: UsersRepository, user: User): Promise<void> {
  if (user.role !== 'superuser' || user.status !== 'active') return;
  if (!(await users.hasOtherSuperuser(user.id))) throw new LastSuperuser();
}
