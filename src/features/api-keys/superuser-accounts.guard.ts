import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { uuid } from '../../platform/common/primitives.js';
import { EVERY_SCOPE } from '../../platform/common/request/principal.js';
import type { Action } from '../../platform/declarations/access.js';
import { actionsOf } from '../../platform/http/access/access.guard.js';
import { Forbidden } from '../../platform/problems/problem.js';
import { UsersRepository } from '../users/users.repository.js';

/** What any key with the scope may do to the account of a superuser. */
const READS: readonly Action[] = ['users:read', 'users:list'];

/**
 * Protects superusers: a key without `*` may read their accounts and do nothing else to them. It applies to every
 * route with the id of a user, `:id`, and looks the user up only for keys that do more than read.
 */
@Injectable()
export class SuperuserAccountsGuard implements CanActivate {
  constructor(private readonly users: UsersRepository) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const request = execution
      .switchToHttp()
      .getRequest<FastifyRequest<{ Params: { id?: string } }>>();
    const principal = request.current?.principal;
    if (principal?.kind !== 'service' || principal.scopes.has(EVERY_SCOPE)) return true;
    const { data: id } = uuid.safeParse(request.params.id);
    if (id === undefined || actionsOf(request).every((action) => READS.includes(action)))
      return true;
    return this.isNoSuperuser(id);
  }

  private async isNoSuperuser(id: string): Promise<boolean> {
    const user = await this.users.find(id);
    if (user?.role === 'superuser') throw new Forbidden();
    return true;
  }
}
