import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';

import { Idempotent } from '../idempotency/idempotent.decorator.js';
import type { RoutePolicy } from '../declarations/route-policy.js';

/** Declares the policy of a route. A route without one is refused at start. */
export function Route(policy: RoutePolicy): MethodDecorator {
  return applyDecorators(
    RouteConfig({ policy }),
    ...(policy.idempotent === true ? [Idempotent()] : []),
  );
}
