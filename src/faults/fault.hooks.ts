import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';

import type { ProblemCode } from '../common/problem-codes.js';
import { ProblemError } from '../common/problem.js';
import type { FaultRegistry } from './fault-registry.js';

const codes = { 500: 'internal', 503: 'dependency.unavailable' } as const;

/** An answer that a fault switch asked for. */
class InjectedFault extends ProblemError {
  readonly code: ProblemCode;
  override readonly headers = { 'Retry-After': '1' };

  constructor(status: keyof typeof codes) {
    super('A fault switch is on.');
    this.code = codes[status];
  }
}

/** Lets requests meet the faults of their routes. Has to be installed before the routes. */
export function injectFaults(server: FastifyInstance, registry: FaultRegistry): void {
  server.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) registry.addRoute(name, url);
  });
  server.addHook('onRequest', async ({ method, routeOptions: { url } }) => {
    for (const { latencyMs, status } of registry.meet(method, url ?? '')) {
      if (latencyMs !== undefined) await delay(latencyMs);
      if (status !== undefined) throw new InjectedFault(status);
    }
  });
}
