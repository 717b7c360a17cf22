import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { bringsCredentials } from '../../../platform/http/access/credentials.js';
import { DependencyUnavailable } from '../../../platform/problems/problem.js';
import { ApiKeys } from './api-keys.js';
import { Authenticator } from './authenticator.js';

/**
 * Looks at the API keys of requests, before the rate limits, from which their holders are exempt.
 * Nobody has to be asked for it.
 */
export function recogniseServices(app: NestFastifyApplication): void {
  const apiKeys = app.get(ApiKeys);
  const server = app.getHttpAdapter().getInstance();
  server.decorateRequest('byService', undefined);
  server.addHook('onRequest', (request, _reply, done) => {
    const key = request.headers['x-api-key'];
    if (key !== undefined) request.byService = typeof key === 'string' && apiKeys.accepts(key);
    done();
  });
}

/**
 * Finds out who makes each request, once, for whatever the process serves: routes beside Nest's
 * and paths without a route included, a wrong credential is refused. Behind the rate limits, which
 * count it, and before the body is read. Needs `recogniseServices`.
 */
export function authenticateCallers(app: NestFastifyApplication): void {
  const authenticator = app.get(Authenticator);
  const server = app.getHttpAdapter().getInstance();
  server.decorateRequest('unproven', undefined);
  server.addHook('onRequest', async (request) => {
    const { headers, byService, current } = request;
    if (!bringsCredentials(headers)) return;
    try {
      const principal = await authenticator.authenticate(headers.authorization, byService);
      if (current) current.principal = principal;
    } catch (error) {
      if (!(error instanceof DependencyUnavailable)) throw error;
      // Nobody can say whether they are right, which matters only where they are needed.
      request.unproven = error;
    }
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it carries a right API key; nothing without any. */
    byService?: boolean;
    /** Why its credentials could not be looked up. */
    unproven?: DependencyUnavailable;
  }
}
