import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { hasCredentials } from '../../../platform/http/access/credentials.js';
import { DependencyUnavailable } from '../../../platform/problems/problem.js';
import { ApiKeys } from './api-keys.js';
import { Authenticator } from './authenticator.js';

/**
 * Checks the API keys of requests before the rate limits, since their holders are exempt. It needs
 * no look-up.
 */
export function checkApiKeys(app: NestFastifyApplication): void {
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
 * Authenticates each request once, on every path: it refuses a wrong credential even on routes
 * outside Nest and paths without a route. It runs after the rate limits, which count the request,
 * and before the body is read. Needs `checkApiKeys`.
 */
export function authenticateCallers(app: NestFastifyApplication): void {
  const authenticator = app.get(Authenticator);
  const server = app.getHttpAdapter().getInstance();
  server.decorateRequest('unproven', undefined);
  server.addHook('onRequest', async (request) => {
    const { headers, byService, current } = request;
    if (!hasCredentials(headers)) return;
    try {
      const principal = await authenticator.authenticate(headers.authorization, byService);
      if (current) current.principal = principal;
    } catch (error) {
      if (!(error instanceof DependencyUnavailable)) throw error;
      // The credentials cannot be checked, which matters only on routes that need them.
      request.unproven = error;
    }
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it has a valid API key; undefined without one. */
    byService?: boolean;
    /** Why its credentials could not be checked. */
    unproven?: DependencyUnavailable;
  }
}
