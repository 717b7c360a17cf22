import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { preferredLocale } from '../../common/locale.js';
import { anonymous, type Principal, type SignedInUser } from '../../common/request/principal.js';
import { Unauthenticated } from '../../problems/problem.js';
import { currentRequest } from '../../common/request/request-context.js';

/** The signed-in user who makes the request. @throws Unauthenticated for any other caller. */
export function signedInCaller(): SignedInUser {
  const principal = currentRequest()?.principal;
  if (principal?.kind !== 'user') throw new Unauthenticated();
  return principal;
}

/** Injects whoever makes the request, signed in or not. */
export const AnyCaller = createParamDecorator(
  (): Principal => currentRequest()?.principal ?? anonymous,
);

/** Injects the IP address of the client, after `TRUST_PROXY`. */
export const ClientIp = createParamDecorator((): string => currentRequest()?.ip ?? '::');

/** Injects the locale that the client prefers, by `Accept-Language`; undefined if it names none. */
export const PreferredLocale = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string | undefined =>
    preferredLocale(context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language']),
);

/** Injects the signed-in user into a handler; the access table has refused all others. */
export const Caller = createParamDecorator(signedInCaller);
