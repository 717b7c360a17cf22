import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ConfigType } from '@nestjs/config';
import { context } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { anonymous } from './common/principal.js';
import { RequestInvalid } from './common/problem.js';
import { ProblemFilter, toDocument } from './common/problem.filter.js';
import { type RequestContext, runForRequest } from './common/request-context.js';
import { ValidationPipe } from './common/validation.pipe.js';
import type { httpConfig } from './config/http.config.js';
import { Drain } from './health/drain.js';

type HttpConfig = ConfigType<typeof httpConfig>;

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
/** Longest wait for a request's headers and body: slow clients do not hold connections. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Above the idle timeout of usual proxies (60 s), so that they close first and never race us. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** The HTTP server, before Nest puts routes on it. */
export function createAdapter(config: HttpConfig, logger: Logger): FastifyAdapter {
  const log = logger.child({ logger: 'http' });
  return new FastifyAdapter({
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    trustProxy: trustedProxies(config.trustProxy),
    bodyLimit: config.bodyLimitBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // While draining, requests are answered with `Connection: close` instead of refused.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    skipMiddie: true,
    routerOptions: { maxParamLength: 200 },
    // Prototype keys are bad input like any other unknown field, not a reason to hide it.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    clientErrorHandler: refuseMalformed,
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const problem = new RequestInvalid([{ pointer: 'path', detail: 'is not a valid URL' }]);
      // No hook sees these requests.
      reply.raw.once('finish', () =>
        runForRequest(contextOf(request), () => logCompleted(log, request, reply)),
      );
      void reply
        .status(problem.status)
        .headers({
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
export function setUpHttp(app: NestFastifyApplication, logger: Logger): void {
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
  addHooks(server, log);
  leaveConnections(server, app.get(Drain));
}

/** Fastify hooks rather than interceptors: they see every request, and cost a fraction. */
function addHooks(server: FastifyInstance, log: Logger): void {
  server.decorateRequest('context', undefined);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    runForRequest(contextOf(request), () => {
      request.context = context.active();
      done();
    });
  });
  // Body parsing continues from the socket's events, outside the request's context.
  server.addHook('preValidation', (request, _reply, done) => {
    if (request.context) context.with(request.context, done);
    else done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    if (!reply.hasHeader('cache-control') && isPrivate(request))
      void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const write = () => logCompleted(log, request, reply);
    if (request.context) context.with(request.context, write);
    else write();
    done();
  });
}

function contextOf({ id, ip }: FastifyRequest): RequestContext {
  return { requestId: id, ip, principal: anonymous };
}

function logCompleted(log: Logger, request: FastifyRequest, reply: FastifyReply): void {
  log.info(
    {
      method: request.method,
      endpoint: request.routeOptions.url ?? 'unknown',
      status_code: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 1000) / 1000,
    },
    'request completed',
  );
}

/**
 * From the drain on, each answer is the last of its connection. Otherwise those with a request in
 * flight would stay open after it until their idle time-out, and the process with them.
 */
function leaveConnections(server: FastifyInstance, drain: Drain): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (drain.active) void reply.header('connection', 'close');
    done(null, payload);
  });
  // Answers that were being sent when the drain began promised to stay.
  server.addHook('onResponse', (_request, _reply, done) => {
    if (drain.active && !server.server.listening)
      setImmediate(() => server.server.closeIdleConnections());
    done();
  });
}

/** Answers about users, sessions and tokens are nobody else's to keep. */
function isPrivate({ routeOptions: { url = '' } }: FastifyRequest): boolean {
  return url.startsWith('/users') || url.startsWith('/auth') || url.startsWith('/admin');
}

/** Bytes that are no HTTP request: Node's parser gave up before Fastify saw anything. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const request = { url: '', id: randomUUID() };
  const body = JSON.stringify(
    toDocument(new RequestInvalid([{ pointer: '', detail: 'must be an HTTP request' }]), request),
  );
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      `X-Request-Id: ${request.id}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

declare module 'fastify' {
  interface FastifyRequest {
    /** OpenTelemetry context of the request. */
    context?: ReturnType<typeof context.active>;
  }
}
