import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { bodyFields } from '../../../platform/common/request/body-fields.js';
import { policyOf } from '../../../platform/declarations/route-policy.js';
import { BrowserCookies } from '../../../platform/http/browser/browser-cookies.js';
import {
  type CsrfBinding,
  CsrfRefused,
  CsrfTokens,
  FormSessionEnded,
} from '../../../platform/http/browser/csrf.js';
import {
  isFromOurPages,
  isSafe,
  mayReadWithCookies,
} from '../../../platform/http/browser/fetch-metadata.js';
import { pagesConfig } from '../../../platform/http/browser/pages.config.js';
import { Authenticator } from './authenticator.js';
import { SessionCookies } from './session-cookies.js';

/** The cookie of a visitor who is not signed in, for the CSRF token of the first forms. */
export const VISITOR_COOKIE = 'csrf';
export const SESSION_COOKIE = 'session';

/**
 * Authenticates requests by the session cookie. Those that change something have to come from a page
 * of ours with its CSRF token: of the API in `X-CSRF-Token`, at once; of pages in a field of the form,
 * which is not read yet, so that `preValidation` checks it, for visitors too: before `preHandler` counts
 * the limits of accounts, which other sites must not spend.
 * @returns the work of `onRequest`.
 */
export function authenticateByCookie(app: NestFastifyApplication) {
  const [authenticator, sessionCookies, cookies, csrf] = [
    app.get(Authenticator),
    app.get(SessionCookies),
    app.get(BrowserCookies),
    app.get(CsrfTokens),
  ] as const;
  const { origin } = pagesConfig();

  const refuseForeign = ({ headers }: FastifyRequest) => {
    if (!isFromOurPages(headers, origin)) throw new CsrfRefused();
  };

  const refuseForgery = (token: unknown, binding: CsrfBinding) => {
    if (!csrf.fits(token, binding)) throw new CsrfRefused();
  };

  const checkForm = async (request: FastifyRequest) => {
    refuseForeign(request);
    // Whose form it is cannot be known now. It may be sent again later.
    if (request.unproven !== undefined) throw request.unproven;
    const { principal } = request.current ?? {};
    if (principal?.kind !== 'user' && policyOf(request)?.access === 'account:own')
      throw new FormSessionEnded();
    const binding: CsrfBinding =
      principal?.kind === 'user'
        ? { kind: 'session', id: principal.sessionId }
        : { kind: 'visitor', id: cookies.read(request.headers, VISITOR_COOKIE) ?? '' };
    refuseForgery(tokenOf(request), binding);
    return Promise.resolve();
  };

  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (route.config?.policy?.page === true && ![route.method].flat().every(isSafeMethod))
        route.preValidation = [checkForm, ...[route.preValidation ?? []].flat()];
    });

  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { headers, current } = request;
    const value = cookies.read(headers, SESSION_COOKIE);
    if (value === undefined || current === undefined) return;
    const session = sessionCookies.verify(value);
    const user = session && (await authenticator.bySession(session));
    if (user === undefined) return cookies.clear(reply, SESSION_COOKIE);
    const page = policyOf(request)?.page === true;
    if (isSafe(request)) {
      if (!mayReadWithCookies(headers, { origin, page })) return;
    } else if (!page) {
      refuseForeign(request);
      refuseForgery(headers['x-csrf-token'], { kind: 'session', id: user.sessionId });
    }
    current.principal = user;
  };
}

function isSafeMethod(method: string): boolean {
  return isSafe({ method });
}

function tokenOf({ body, headers }: FastifyRequest): unknown {
  return bodyFields(body)['csrf_token'] ?? headers['x-csrf-token'];
}
