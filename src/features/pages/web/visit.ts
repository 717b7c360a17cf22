import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { preferredLocale } from '../../../platform/common/locale.js';
import { anonymous, type Principal } from '../../../platform/common/request/principal.js';
import type { FirstFactorClient } from '../../sessions/sign-in/sign-in.service.js';

/** Cookies of the pages beside that of the session. */
export const DEVICE_COOKIE = 'device';
export const LOGIN_COOKIE = 'login';
export const PROVIDER_COOKIE = 'oidc';
export const LINK_COOKIE = 'link';
export const CONSOLE_COOKIE = 'console';

/** A request of a browser for a page. */
export interface Visit {
  readonly caller: Principal;
  readonly client: FirstFactorClient;
  /** Of a sign-in that waits for the second factor, see `LOGIN_COOKIE`. */
  readonly pendingLogin: string | undefined;
  /** Of a person who is at an identity provider, see `Trip`. */
  readonly providerTrip: string | undefined;
  /** Token of an identity that waits to be linked. */
  readonly pendingLink: string | undefined;
  /** What the browser prefers. */
  readonly locale: string | undefined;
  /** Whether the account in the form gets no more mails for now. */
  readonly accountLimitSpent: boolean;
}

/** Injects the visit; controllers of pages only. */
export const CurrentVisit = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<FastifyRequest>().visit,
);

/** What hooks and cookies say of a request. @param cookie reads one. */
export function visitOf(
  { current, headers, accountLimitSpent = false }: FastifyRequest,
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
    providerTrip: cookie(PROVIDER_COOKIE),
    pendingLink: cookie(LINK_COOKIE),
    locale: preferredLocale(headers['accept-language']),
    accountLimitSpent,
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for handlers of pages. */
    visit?: Visit;
  }
}
