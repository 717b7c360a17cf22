import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { AccessMetadata, type AccessRule, isAllowed } from '../common/access.js';
import { Forbidden, Unauthenticated } from '../common/problem.js';
import { currentRequest } from '../common/request-context.js';
import { accessConfig } from '../config/access.config.js';
import { Authenticator } from './authenticator.js';

/**
 * Decides each request by the access table. A route without `@Access` is refused: forgetting it
 * shows at once and opens nothing.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution
      .switchToHttp()
      .getRequest<FastifyRequest<{ Params: { id?: string } }>>();
    const principal = await this.authenticator.authenticate(request.headers);
    const current = currentRequest();
    if (current) current.principal = principal;
    const rule: AccessRule | undefined = this.reflector.getAllAndOverride(AccessMetadata, [
      execution.getHandler(),
      execution.getClass(),
    ]);
    const { registrationOpen } = this.config;
    const target = { targetId: request.params.id, registrationOpen };
    if (rule?.(request).every((action) => isAllowed(action, principal, target))) return true;
    throw principal.kind === 'anonymous' ? new Unauthenticated() : new Forbidden();
  }
}
