import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';

import { DependencyUnavailable, InternalError, problem, RETRY_SOON } from '../problems/problem.js';
import type { FaultRegistry } from './fault-registry.js';

const DETAIL = 'A fault switch is on.';

class InjectedError extends problem(InternalError, DETAIL, RETRY_SOON) {}
class InjectedOutage extends problem(DependencyUnavailable, DETAIL, RETRY_SOON) {}

/** The answers that a fault switch can ask for, by status. */
const injected = { 500: InjectedError, 503: InjectedOutage };

/**
 * Decides which faults affect each request. It must be the first hook, so that a dependency is also
 * lost for rate limits and authentication. Add it before the routes.
 */
export function assignFaults(server: FastifyInstance, registry: FaultRegistry): void {
  server.addHook('onRoute', ({ method, url, config }) => {
    // Operators must be able to list and end faults, and the platform must not react to them.
    if (config?.policy?.probe === true || config?.policy?.faultable === false) return;
    for (const name of [method].flat()) registry.addRoute(name, url);
  });
  server.addHook('onRequest', ({ method, routeOptions: { url } }, _reply, done) => {
    registry.meet(method, url ?? '');
    done();
  });
}

/** Applies the latency and the answers of the faults of a request. Needs `assignFaults`. */
export function injectFaults(server: FastifyInstance, registry: FaultRegistry): void {
  server.addHook('onRequest', async () => {
    for (const { latencyMs, status } of registry.met()) {
      if (latencyMs !== undefined) await delay(latencyMs);
      if (status !== undefined) throw new injected[status]();
    }
  });
}
