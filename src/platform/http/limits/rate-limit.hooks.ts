import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { ConfigType } from '@nestjs/config';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { sourceOf } from '../../common/request/client-address.js';
import { deriveKeys } from '../../common/derived-keys.js';
import { emailKey } from '../../common/email-address.js';
import { bodyFields } from '../../common/request/body-fields.js';
import { ANSWER_FLOOR_MS } from '../../common/minimum-duration.js';
import { currentRequest } from '../../common/request/request-context.js';
import { RATE_LIMITS, type RateLimits } from '../../declarations/rate-limits.js';
import { policyOf } from '../../declarations/route-policy.js';
import { authConfig } from '../access/auth.config.js';
import { hasCredentials } from '../access/credentials.js';
import { ACCEPTED } from './accepted.schemas.js';
import { limitsConfig } from './limits.config.js';
import { limitResolver, NO_LIMITS, perWindow, type RouteLimits } from './rate-limit.policies.js';
import { RateLimited } from '../../problems/problem.js';
import { RateLimiter } from './rate-limiter.js';

/**
 * Limits requests before any other work: by source before the body is read, by account as soon as
 * the body names it. Only forms are read and shown again (`FormRoute`), so that nothing typed is lost. Wrong credentials count like any request, wherever they are shown; holders of
 * a valid API key and probes are exempt. Needs `recogniseApiKeys`.
 */
export function limitRates(app: NestFastifyApplication): void {
  const limiter = app.get(RateLimiter);
  const limitsOf = limitResolver(
    app.get<RateLimits>(RATE_LIMITS),
    perWindow(limitsConfig().requests),
  );
  const { jwtSecrets } = app.get<ConfigType<typeof authConfig>>(authConfig.KEY);
  const [accountKey] = deriveKeys(jwtSecrets, 'rate-limit-account');

  const general = limitsOf(undefined);

  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, limits: limitsOf(route.config?.policy) };
  });
  // Probes need no credential: a caller with one may be guessing.
  const policiesOf = ({ routeOptions: { config }, headers }: FastifyRequest) =>
    config.policy?.probe === true && !hasCredentials(headers)
      ? NO_LIMITS
      : (config.limits ?? general);
  server.addHook('onRequest', async (request, reply) => {
    const { source } = policiesOf(request);
    if (source.length === 0 || request.byService) return;
    try {
      void reply.headers(await limiter.admit(sourceOf(currentRequest()?.ip ?? ''), source));
    } catch (error) {
      if (!(error instanceof RateLimited) || !request.routeOptions.config.form) throw error;
      void reply.headers(error.headers);
      request.limitReached = error;
    }
  });
  server.addHook('preHandler', async (request, reply) => {
    const { account } = policiesOf(request);
    const skipped = account.length === 0 || request.limitReached !== undefined;
    const email = skipped ? undefined : emailIn(request.body);
    if (email === undefined || request.byService) return undefined;
    // Redis must not get addresses.
    const subject = createHmac('sha256', accountKey).update(email).digest('base64url');
    try {
      await limiter.admit(subject, account);
    } catch (error) {
      if (!(error instanceof RateLimited)) throw error;
      // The limit of mails is reached, but the last token still works: strangers cannot lock the
      // owner out by using up the limit, and cannot learn the number of requests.
      await delay(ANSWER_FLOOR_MS);
      request.accountLimitSpent = true;
      // A page has an answer of its own.
      return policyOf(request)?.page ? undefined : reply.status(202).send(ACCEPTED);
    }
    return undefined;
  });
}

function emailIn(body: unknown): string | undefined {
  const { email } = bodyFields(body);
  return typeof email === 'string' ? emailKey(email) : undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    limits?: RouteLimits;
    /** Set by `FormRoute`, which tells of a reached limit itself. Other routes are refused before the body is read. */
    form?: true;
  }
  interface FastifyRequest {
    /** Whether the account in its body gets no more mails for now. */
    accountLimitSpent?: boolean;
    /** Set where `FormRoute` tells of the limit. */
    limitReached?: RateLimited;
  }
}
