import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { AccessMetadata, type AccessRule, isAllowed } from './access.js';
import { canonicalId } from '../../common/primitives.js';
import { anonymous } from '../../common/principal.js';
import { Forbidden, Unauthenticated } from '../problems/problem.js';
import { accessConfig } from '../../config/access.config.js';

/**
 * Decides each request by the access table. A route without `@Access` is refused: forgetting it
 * shows at once and opens nothing.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  // Synchronous: who asks was found out before, and a promise per request costs more than the rest.
  canActivate(execution: ExecutionContext): boolean {
    const request = execution
      .switchToHttp()
      .getRequest<FastifyRequest<{ Params: { id?: string } }>>();
    const { principal = anonymous } = request.current ?? {};
    const rule: AccessRule | undefined = this.reflector.getAllAndOverride(AccessMetadata, [
      execution.getHandler(),
      execution.getClass(),
    ]);
    // A caller whose credential could not be checked may be a known user: it cannot register as a stranger.
    const registrationOpen = this.config.registrationOpen && request.unproven === undefined;
    const { id } = request.params;
    const target = { targetId: id === undefined ? id : canonicalId(id), registrationOpen };
    if (rule?.(request).every((action) => isAllowed(action, principal, target))) return true;
    if (request.unproven) throw request.unproven;
    throw principal.kind === 'anonymous' ? new Unauthenticated() : new Forbidden();
  }
}
