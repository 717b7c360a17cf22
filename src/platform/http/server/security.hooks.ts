import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ConfigType } from '@nestjs/config';
import type { FastifyInstance } from 'fastify';

import { openRoute } from '../../declarations/route-policy.js';
import { securityHeaders } from './security-headers.js';
import type { httpConfig } from './http.config.js';

type HttpConfig = ConfigType<typeof httpConfig>;

/** How long a browser may cache a preflight, in seconds. */
const PREFLIGHT_MAX_AGE = 600;

/** Additional headers that scripts of an allowed origin may send and read. */
const ALLOWED = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'X-API-Key',
  'X-Device-Token',
  'X-Request-Id',
  'traceparent',
  'tracestate',
  'baggage',
];
const EXPOSED = [
  'ETag',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-Id',
];

/** Security headers and the request's id on every answer of a server. */
export function addStandardHeaders(server: FastifyInstance, { publicUrl }: HttpConfig): void {
  const headers = Object.entries(securityHeaders(publicUrl));
  // In the last hook, since preflights are answered before other hooks; headers of a page stay.
  server.addHook('onSend', (request, reply, payload, done) => {
    for (const [name, value] of headers) {
      if (!reply.hasHeader(name)) void reply.header(name, value);
    }
    if (!reply.hasHeader('x-request-id')) void reply.header('x-request-id', request.id);
    done(null, payload);
  });
}

/** Security headers on every answer, and CORS for allowed origins. */
export function secureHttp(app: NestFastifyApplication, config: HttpConfig): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  addStandardHeaders(server, config);
  if (config.corsOrigins === undefined) return;
  declarePreflights(server);
  app.enableCors({
    origin: config.corsOrigins.includes('*') ? '*' : config.corsOrigins,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ALLOWED,
    exposedHeaders: EXPOSED,
    // Callers authenticate with headers; cookies are never read.
    credentials: false,
    maxAge: PREFLIGHT_MAX_AGE,
  });
}

/** The plugin adds a route for preflights, and has no option for what it declares. */
function declarePreflights(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (route.method === 'OPTIONS' && route.url === '*')
      Object.assign(route, openRoute({ priority: 'write' }));
  });
}
