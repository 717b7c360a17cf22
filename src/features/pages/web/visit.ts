import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { anonymous, type Principal } from '../../../platform/common/request/principal.js';
import type { FirstFactorClient } from '../../sessions/sign-in/sign-in.service.js';

/** Cookies of the pages beside that of the session. */
export const DEVICE_COOKIE = 'device';
export const LOGIN_COOKIE = 'login';

/** A request of a browser for a page. */
export interface Visit {
  readonly caller: Principal;
  readonly client: FirstFactorClient;
  /** Of a sign-in that waits for the second factor, see `LOGIN_COOKIE`. */
  readonly pendingLogin: string | undefined;
}

/** Injects the visit; controllers of pages only. */
export const CurrentVisit = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<FastifyRequest>().visit,
);

/** What hooks and cookies say of a request. @param cookie reads one. */
export function visitOf(
  { current, headers }: FastifyRequest,
  cookie: (name: string) => string | undefined,
): Visit {
  return {
    caller: current?.principal ?? anonymous,
    client: {
      ip: current?.ip ?? '::',
      userAgent: headers['user-agent'],
      deviceToken: cookie(DEVICE_COOKIE),
    },
    pendingLogin: cookie(LOGIN_COOKIE),
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for handlers of pages. */
    visit?: Visit;
  }
}
