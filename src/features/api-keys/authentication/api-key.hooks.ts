import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { ApiKeyAuthentication, type PresentedKey } from './api-key-authentication.js';

/**
 * Recognises the API keys of requests before the rate limits, since their holders are exempt. It looks nothing up:
 * a key that this process has not seen yet counts like a guess, once.
 */
export function recogniseApiKeys(app: NestFastifyApplication): void {
  const apiKeys = app.get(ApiKeyAuthentication);
  const server = app.getHttpAdapter().getInstance();
  server.decorateRequest('apiKey', undefined);
  server.decorateRequest('byService', false);
  server.addHook('onRequest', (request, _reply, done) => {
    const text = request.headers['x-api-key'];
    if (text !== undefined) {
      request.apiKey = apiKeys.present(String(text));
      request.byService = request.apiKey.known;
    }
    done();
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    apiKey?: PresentedKey;
    /** Whether it has an API key that is known to be valid. */
    byService: boolean;
  }
}
