import type { FastifyInstance, FastifyRequest } from 'fastify';

import { bodyFields } from '../common/request/body-fields.js';
import { sourceOf } from '../common/request/client-address.js';
import { Overloaded } from '../problems/problem.js';
import { policyOf, type RoutePolicy } from '../declarations/route-policy.js';
import type { AdmissionControl } from './admission-control.js';

/** Requests that no route matches are refused first. */
const UNROUTED: Pick<RoutePolicy, 'priority' | 'hashesPassword'> = { priority: 'bulk' };

/**
 * Runs admission control before all other work for a request, including body and rate limits: a
 * refusal must be cheap. Install it before the routes.
 */
export function controlAdmission(server: FastifyInstance, admission: AdmissionControl): void {
  server.decorateRequest('hashes', false);
  server.addHook('onRequest', (request, reply, done) => {
    const { priority, hashesPassword } = policyOf(request) ?? UNROUTED;
    if (priority === 'never-refused') return done();
    if (!admission.enter(priority)) return done(new Overloaded());
    const began = performance.now();
    const source = sourceOf(request.current?.ip ?? '');
    // Fires exactly once for every request, even if the client disconnects.
    reply.raw.once('close', () => {
      admission.leave(performance.now() - began);
      if (request.hashes) admission.leavePassword(source);
    });
    if (hashesPassword !== true) return done();
    // Known without reading the body.
    request.hashes = admission.enterPassword(priority, source);
    return request.hashes ? done() : done(new Overloaded());
  });
  server.addHook('preHandler', (request, _reply, done) => {
    if (request.hashes || !bringsPassword(request)) return done();
    const { priority } = policyOf(request) ?? UNROUTED;
    if (priority === 'never-refused') return done();
    request.hashes = admission.enterPassword(priority, sourceOf(request.current?.ip ?? ''));
    return request.hashes ? done() : done(new Overloaded());
  });
}

function bringsPassword({ body }: FastifyRequest): boolean {
  const fields = bodyFields(body);
  return 'password' in fields || 'current_password' in fields;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it was admitted with a password to hash. */
    hashes: boolean;
  }
}
