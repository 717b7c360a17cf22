import type { FastifyInstance, FastifyRequest } from 'fastify';

import { sourceOf } from '../common/client-address.js';
import { Overloaded } from '../http/problems/problem.js';
import type { AdmissionControl } from './admission-control.js';
import { priorityOf, type RequestPriority } from './request-priority.js';

/** Hashing is certain before the body is read, and the body need not be. */
const ALWAYS_HASHES = '/auth/login';

/**
 * Puts admission control before everything else that is done for a request, body and rate limits
 * included: a refusal has to be cheap. Has to be installed before the routes.
 */
export function controlAdmission(server: FastifyInstance, admission: AdmissionControl): void {
  server.decorateRequest('hashes', false);
  server.addHook('onRoute', (route) => {
    const [method = 'GET'] = [route.method].flat();
    const priority = priorityOf(method, route.url);
    if (priority !== undefined) route.config = { ...route.config, priority };
  });
  server.addHook('onRequest', (request, reply, done) => {
    const { config, url } = request.routeOptions;
    // What no route matches is refused first; what is never refused has a route and no priority.
    const priority = url === undefined ? 'bulk' : config.priority;
    if (priority === undefined) return done();
    if (!admission.enter(priority)) return done(new Overloaded());
    const began = performance.now();
    const source = sourceOf(request.current?.ip ?? '');
    // Whatever becomes of it, clients that leave included, this comes once.
    reply.raw.once('close', () => {
      admission.leave(performance.now() - began);
      if (request.hashes) admission.leavePassword(source);
    });
    if (url === ALWAYS_HASHES) request.hashes = admission.enterPassword(priority, source);
    return url === ALWAYS_HASHES && !request.hashes ? done(new Overloaded()) : done();
  });
  server.addHook('preHandler', (request, _reply, done) => {
    if (request.hashes || !bringsPassword(request)) return done();
    const { priority = 'bulk' } = request.routeOptions.config;
    request.hashes = admission.enterPassword(priority, sourceOf(request.current?.ip ?? ''));
    return request.hashes ? done() : done(new Overloaded());
  });
}

function bringsPassword({ body }: FastifyRequest): boolean {
  return (
    typeof body === 'object' && body !== null && ('password' in body || 'current_password' in body)
  );
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it was let in with a password to hash. */
    hashes: boolean;
  }
  interface FastifyContextConfig {
    /** Absent where requests are never refused. */
    priority?: RequestPriority;
  }
}
