import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ConfigType } from '@nestjs/config';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { prepareDrain } from './app.drain.js';
import { RequestInvalid } from './common/problem.js';
import { ProblemFilter, toDocument } from './common/problem.filter.js';
import { securityHeaders } from './common/security-headers.js';
import { ValidationPipe } from './common/validation.pipe.js';
import type { httpConfig } from './config/http.config.js';
import type { HttpTelemetry } from './observability/http-telemetry.js';

type HttpConfig = ConfigType<typeof httpConfig>;

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
/** Longest waits for a request: slow clients do not hold connections. */
const PATIENCE = {
  /** For its headers, from the first byte or the connection on. */
  headersTimeout: 10_000,
  /** For all of it. */
  requestTimeout: 30_000,
  /** How often Node looks for connections past these. */
  connectionsCheckingInterval: 5_000,
};
/** Above the idle timeout of usual proxies (60 s), so that they close first and never race us. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** The HTTP server, before Nest puts routes on it. */
export function createAdapter(
  config: HttpConfig,
  telemetry: HttpTelemetry,
  patience = PATIENCE,
): FastifyAdapter {
  const everywhere = securityHeaders(config.publicUrl);
  return new FastifyAdapter({
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    trustProxy: trustedProxies(config.trustProxy),
    bodyLimit: config.bodyLimitBytes,
    requestTimeout: patience.requestTimeout,
    http: patience,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // While draining, requests are answered with `Connection: close` instead of refused.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    skipMiddie: true,
    routerOptions: { maxParamLength: 200 },
    // Prototype keys are bad input like any other unknown field, not a reason to hide it.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) =>
      refuseMalformed(error, socket, everywhere),
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const problem = new RequestInvalid([{ pointer: 'path', detail: 'is not a valid URL' }]);
      telemetry.observeUnrouted(request, reply);
      void reply
        .status(problem.status)
        .headers({
          ...everywhere,
          'x-request-id': request.id,
          'content-type': 'application/problem+json; charset=utf-8',
          'cache-control': 'no-store',
        })
        .send(JSON.stringify(toDocument(problem, request)));
    },
  });
}

/** A number counts hops from here: the nearest proxies are trusted, whoever they are. */
function trustedProxies(setting: HttpConfig['trustProxy']) {
  return typeof setting === 'number' ? (_address: string, hop: number) => hop < setting : setting;
}

/** Pipes, filters and hooks that every HTTP process has. */
export function setUpHttp(
  app: NestFastifyApplication,
  logger: Logger,
  telemetry: HttpTelemetry,
): void {
  app.useGlobalPipes(new ValidationPipe());
  const log = logger.child({ logger: 'http' });
  app.useGlobalFilters(
    new ProblemFilter({
      unexpected: (error) => log.error({ err: error }, 'request failed unexpectedly'),
      unavailable: (error) => log.warn({ err: error }, 'request failed for a dependency'),
    }),
  );
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  // Fastify brings a parser for plain text, which no route takes: that is 415 like all but JSON.
  server.removeContentTypeParser('text/plain');
  telemetry.install(server);
  addCacheControl(server);
  prepareDrain(app);
}

/** Answers about users, sessions and tokens are not kept by anybody on the way. */
function addCacheControl(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    if (!reply.hasHeader('cache-control') && isPrivate(request)) {
      void reply.header('cache-control', 'no-store');
    }
    done(null, payload);
  });
}

function isPrivate({ routeOptions: { url = '' } }: FastifyRequest): boolean {
  return url.startsWith('/users') || url.startsWith('/auth') || url.startsWith('/admin');
}

/** Bytes that are no HTTP request, or too few in time: Node gave up before Fastify saw anything. */
function refuseMalformed(
  error: NodeJS.ErrnoException,
  socket: Socket,
  headers: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const request = { url: '', id: randomUUID() };
  const detail =
    error.code === 'HPE_HEADER_OVERFLOW' ? 'has too large headers' : 'must be an HTTP request';
  const body = JSON.stringify(toDocument(new RequestInvalid([{ pointer: '', detail }]), request));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('') +
      `X-Request-Id: ${request.id}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
