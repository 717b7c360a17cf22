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
import { anonymous, type Principal } from '../../common/request/principal.js';
import { Forbidden, StepUpRequired, Unauthenticated } from '../../problems/problem.js';
import { policyOf } from '../../declarations/route-policy.js';
import { accessConfig } from './access.config.js';
import { StepUp } from './step-up.js';

type AccessRequest = FastifyRequest<{ Params: { id?: string } }>;

/** Checks each request against the access table, by the actions of its route. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(ACCESS_TABLE) private readonly table: AccessTable,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
    private readonly stepUp: StepUp,
  ) {}

  // Synchronous but for step-up: the caller is already authenticated, and a promise per request costs
  // more than the rest.
  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const request = execution.switchToHttp().getRequest<AccessRequest>();
    const { principal = anonymous } = request.current ?? {};
    if (!this.allows(request, principal)) throw this.refusal(request, principal);
    const needsStepUp = policyOf(request)?.stepUp;
    if (needsStepUp === undefined || principal.kind !== 'user') return true;
    const own = targetOf(request) === principal.userId;
    return needsStepUp({ body: request.body, own }) ? this.stepUp.require(principal) : true;
  }

  private allows(request: AccessRequest, principal: Principal): boolean {
    // A caller whose credential could not be checked may be a known user: it cannot register as a stranger.
    const registrationOpen = this.config.registrationOpen && request.unproven === undefined;
    const target = { targetId: targetOf(request), registrationOpen };
    const may = (action: Action) => isAllowed(this.table, action, principal, target);
    return policyOf(request) !== undefined && actionsOf(request).every(may);
  }

  private refusal(request: AccessRequest, principal: Principal): Error {
    if (request.unproven) return request.unproven;
    if (principal.kind === 'anonymous') return new Unauthenticated();
    if (principal.kind === 'user' && principal.withheldRole !== undefined) {
      const strong = { ...principal, role: principal.withheldRole };
      if (this.allows(request, strong)) return new StepUpRequired(this.config.stepUpMaxAge);
    }
    return new Forbidden();
  }
}

/** The id in the path; undefined without one. */
function targetOf({ params: { id } }: AccessRequest): string | undefined {
  return id === undefined ? id : canonicalId(id);
}

/** The actions of a request; none without a policy. */
export function actionsOf(request: FastifyRequest): readonly Action[] {
  const access = policyOf(request)?.access;
  if (typeof access === 'function') return access(request);
  return access === undefined ? [] : [access];
}
