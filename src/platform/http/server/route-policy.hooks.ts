import type { FastifyInstance } from 'fastify';

import { policyOf, type RoutePolicy } from '../../declarations/route-policy.js';

/** A route that has no policy, or an unsafe one. */
class InvalidPolicy extends Error {
  override readonly name = 'InvalidPolicy';
}

/** Refuses routes without a policy, or with an unsafe one, as they are added. @throws InvalidPolicy at start. */
export function requirePolicies(server: FastifyInstance): void {
  server.addHook('onRoute', ({ method, url, config }) => {
    const fault = faultOf(config?.policy);
    if (fault !== undefined)
      throw new InvalidPolicy(`${[method].flat().join()} ${url} declares ${fault}`);
  });
}

function faultOf(policy: RoutePolicy | undefined): string | undefined {
  if (policy === undefined) return 'no policy: its handler needs @Route, or openRoute without Nest';
  // A shared cache would give the answer of one caller to another.
  return policy.cache === undefined || policy.access === 'public'
    ? undefined
    : 'a cache: only a route whose access is public may';
}

/** No cache stores an answer, unless its route declares it. Nothing else decides. */
export function addCacheControl(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const allowed = reply.statusCode < 400 ? policyOf(request)?.cache : undefined;
    void reply.header('cache-control', allowed ?? 'no-store');
    done(null, payload);
  });
}
