import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { FastifyRequest } from 'fastify';

import {
  ACCESS_TABLE,
  type AccessTable,
  type Action,
  isAllowed,
} from '../../declarations/access.js';
import { canonicalId } from '../../common/primitives.js';
import { anonymous } from '../../common/request/principal.js';
import { Forbidden, Unauthenticated } from '../../problems/problem.js';
import { policyOf } from '../../declarations/route-policy.js';
import { accessConfig } from './access.config.js';

/** Checks each request against the access table, by the actions of its route. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(ACCESS_TABLE) private readonly table: AccessTable,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  // Synchronous: the caller is already authenticated, and a promise per request costs more than the
  // rest.
  canActivate(execution: ExecutionContext): boolean {
    const request = execution
      .switchToHttp()
      .getRequest<FastifyRequest<{ Params: { id?: string } }>>();
    const { principal = anonymous } = request.current ?? {};
    // A caller whose credential could not be checked may be a known user: it cannot register as a stranger.
    const registrationOpen = this.config.registrationOpen && request.unproven === undefined;
    const { id } = request.params;
    const target = { targetId: id === undefined ? id : canonicalId(id), registrationOpen };
    const may = (action: Action) => isAllowed(this.table, action, principal, target);
    if (policyOf(request) !== undefined && actionsOf(request).every(may)) return true;
    if (request.unproven) throw request.unproven;
    throw principal.kind === 'anonymous' ? new Unauthenticated() : new Forbidden();
  }
}

/** The actions of a request; none without a policy. */
export function actionsOf(request: FastifyRequest): readonly Action[] {
  const access = policyOf(request)?.access;
  if (typeof access === 'function') return access(request);
  return access === undefined ? [] : [access];
}
