import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { openRoute } from '../../platform/declarations/route-policy.js';
import { ResourceNotFound } from '../../platform/problems/problem.js';
import { type ConsoleFile, ConsoleFiles } from './console-files.js';

/** Scripts, styles and requests of this host alone; nothing stands in the page itself. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/**
 * Serves the console under `/console`. Its addresses are all the same page, which reads them itself.
 * Anybody may load it: it holds nothing, and the API asks who is there.
 */
export function serveConsole(app: NestFastifyApplication): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const files = new ConsoleFiles();
  // Its name changes with its content.
  const asset = openRoute({ priority: 'read', cache: 'public, max-age=31536000, immutable' });
  server.get<{ Params: { name: string } }>(
    '/console/assets/:name',
    asset,
    async (request, reply) => {
      const file = await files.asset(request.params.name, acceptsGzip(request));
      if (file === undefined) throw new ResourceNotFound();
      return send(reply, file);
    },
  );
  for (const path of ['/console', '/console/*'])
    server.get(path, openRoute({ priority: 'read' }), async (request, reply) => {
      void reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
      return send(reply, await files.page(acceptsGzip(request)));
    });
}

function acceptsGzip({ headers }: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(
    [headers['accept-encoding'] ?? ''].flat().join(', '),
  );
}

function send(reply: FastifyReply, { content, type, encoding }: ConsoleFile): FastifyReply {
  void reply.type(type).header('vary', 'Accept-Encoding');
  if (encoding !== undefined) void reply.header('content-encoding', encoding);
  return reply.send(content);
}
