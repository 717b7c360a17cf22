import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { policyOf } from '../../../platform/declarations/route-policy.js';
import { hasCredentials } from '../../../platform/http/access/credentials.js';
import { isSafe } from '../../../platform/http/browser/fetch-metadata.js';
import type { ProblemError } from '../../../platform/problems/problem.js';
import { pathWith } from '../page/own-path.js';
import { show } from '../page/page-answer.js';
import type { PageRenderer } from './page-renderer.js';

/**
 * Tells problems in HTML: on pages, and at addresses of nothing. Who is not signed in, or has to prove a
 * second factor, is led to where that is done.
 */
export function showProblemPages(server: FastifyInstance, renderer: PageRenderer): void {
  const render = async (problem: ProblemError, request: FastifyRequest, reply: FastifyReply) => {
    const view = async () => (await import('../layout/problem.view.js')).problemView;
    const page = await renderer.render(show(view, problem), request, reply);
    const { 'WWW-Authenticate': _challenge, ...headers } = problem.headers ?? {};
    // Fastify refuses addresses that it cannot read before any hook.
    await reply
      .status(problem.status)
      .headers({ ...headers, 'cache-control': 'no-store' })
      .send(page);
  };

  server.decorate('problemPage', (problem, request, reply) => {
    const page = policyOf(request)?.page === true;
    const place = page ? placeFor(problem, request) : undefined;
    const nowhere = request.routeOptions.url === undefined && isSafe(request);
    if (place !== undefined) void reply.status(303).header('location', place).send('');
    else if ((page || nowhere) && wantsHtml(request)) void render(problem, request, reply);
    else return false;
    return true;
  });
}

/**
 * Where somebody goes to do what a page needs first. With credentials of the API there is no such place:
 * they count instead of the cookie, and come with every request.
 */
function placeFor({ code }: ProblemError, request: FastifyRequest): string | undefined {
  if (hasCredentials(request.headers)) return undefined;
  if (code === 'auth.step-up-required')
    return pathWith('/account/security', { notice: 'confirm-first' });
  if (code !== 'auth.unauthenticated') return undefined;
  return pathWith('/sign-in', { next: isSafe(request) ? request.url : undefined });
}

function wantsHtml({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') ?? false;
}
