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
 * Decides which faults each request meets. It has to be the first hook, so that a lost dependency is lost to rate limits
 * and authentication as well. It has to be added before the routes.
 */
export function meetFaults(server: FastifyInstance, registry: FaultRegistry): void {
  server.addHook('onRoute', ({ method, url, config }) => {
    // Operators have to be able to see and to end faults, and the platform must not act on them.
    if (config?.policy?.probe === true || config?.policy?.faultable === false) return;
    for (const name of [method].flat()) registry.addRoute(name, url);
  });
  server.addHook('onRequest', ({ method, routeOptions: { url } }, _reply, done) => {
    registry.meet(method, url ?? '');
    done();
  });
}

/** Adds the latency and gives the answers of the faults that a request meets. Needs `meetFaults`. */
export function injectFaults(server: FastifyInstance, registry: FaultRegistry): void {
  server.addHook('onRequest', async () => {
    for (const { latencyMs, status } of registry.met()) {
      if (latencyMs !== undefined) await delay(latencyMs);
      if (status !== undefined) throw new injected[status]();
    }
  });
}
