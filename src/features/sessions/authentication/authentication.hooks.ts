import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { hasCredentials } from '../../../platform/http/access/credentials.js';
import { pagesConfig } from '../../../platform/http/browser/pages.config.js';
import { DependencyUnavailable } from '../../../platform/problems/problem.js';
import { Authenticator } from './authenticator.js';
import { authenticateByCookie } from './cookie-authentication.js';

/**
 * Authenticates each request once, on every path: it refuses a wrong credential even on routes
 * outside Nest and paths without a route. It runs after the rate limits, which count the request,
 * and before the body is read. A cookie counts only without other credentials. Needs `recogniseApiKeys`.
 */
export function authenticateCallers(app: NestFastifyApplication): void {
  const authenticator = app.get(Authenticator);
  const server = app.getHttpAdapter().getInstance();
  const byCookie = pagesConfig().enabled ? authenticateByCookie(app) : undefined;
  server.decorateRequest('unproven', undefined);
  server.addHook('onRequest', async (request, reply) => {
    const { headers, apiKey, current } = request;
    try {
      if (hasCredentials(headers)) {
        const principal = await authenticator.authenticate(headers.authorization, apiKey);
        if (current) current.principal = principal;
      } else if (headers.cookie !== undefined) await byCookie?.(request, reply);
    } catch (error) {
      if (!(error instanceof DependencyUnavailable)) throw error;
      // The credentials cannot be checked, which matters only on routes that need them.
      request.unproven = error;
    }
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Why its credentials could not be checked. */
    unproven?: DependencyUnavailable;
  }
}
