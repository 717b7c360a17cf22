import type { FastifyInstance } from 'fastify';

import { policyOf } from '../../declarations/route-policy.js';

/** A route without a declared policy. */
export class UndeclaredRoute extends Error {
  override readonly name = 'UndeclaredRoute';

  /** @param route its method and template. */
  constructor(route: string) {
    super(`${route} declares no policy: its handler needs @Route, or openRoute without Nest`);
  }
}

/** Refuses routes without a policy as they are added. @throws UndeclaredRoute at start. */
export function requirePolicies(server: FastifyInstance): void {
  server.addHook('onRoute', ({ method, url, config }) => {
    if (config?.policy === undefined) throw new UndeclaredRoute(`${[method].flat().join()} ${url}`);
  });
}

/** No cache stores an answer, unless its route declares it. Nothing else decides. */
export function addCacheControl(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const allowed = reply.statusCode < 400 ? policyOf(request)?.cache : undefined;
    void reply.header('cache-control', allowed ?? 'no-store');
    done(null, payload);
  });
}
