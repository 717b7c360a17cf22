import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { NotFoundException } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ConfigType } from '@nestjs/config';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { acceptJson } from './json-bodies.js';
import { prepareDrain } from './drain.hooks.js';
import { answerMalformed, refuseHalfRequests, refuseTunnels } from './malformed-requests.js';
import { addStandardHeaders } from './security.hooks.js';
import { RequestInvalid } from '../../problems/problem.js';
import { ProblemFilter, sendProblem } from './problem.filter.js';
import { securityHeaders } from './security-headers.js';
import { addCacheControl } from './route-policy.hooks.js';
import { ValidationPipe } from '../validation/validation.pipe.js';
import type { httpConfig } from './http.config.js';
import type { HttpTelemetry } from '../../observability/http-telemetry.js';

type HttpConfig = ConfigType<typeof httpConfig>;

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
/** Longest waits for a request: slow clients do not hold connections. */
const PATIENCE = {
  /** For its headers, from the first byte or the start of the connection. */
  headersTimeout: 10_000,
  /** For all of it. */
  requestTimeout: 30_000,
  /** How often Node looks for connections past these. */
  connectionsCheckingInterval: 1_000,
};
/** Above the idle timeout of usual proxies (60 s), so that proxies close first, without a race. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** The HTTP server, before Nest adds routes. */
export function createAdapter(
  config: HttpConfig,
  telemetry: Pick<HttpTelemetry, 'observeUnrouted'>,
  patience = PATIENCE,
): FastifyAdapter {
  const everywhere = securityHeaders(config.publicUrl);
  const adapter = new FastifyAdapter({
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    trustProxy: trustedProxies(config.trustProxy),
    bodyLimit: config.bodyLimitBytes,
    requestTimeout: patience.requestTimeout,
    // We refuse requests without a host, since Node's answer has no document.
    http: { ...patience, requireHostHeader: false },
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // While draining, requests are answered with `Connection: close` instead of refused.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    skipMiddie: true,
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: answerMalformed(everywhere),
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const problem = new RequestInvalid([{ pointer: 'path', detail: 'is not a valid URL' }]);
      telemetry.observeUnrouted(request, reply);
      sendProblem(reply.headers({ ...everywhere, 'x-request-id': request.id }), problem, request);
    },
  });
  refuseTunnels(adapter.getInstance(), everywhere);
  return adapter;
}

/** A number counts hops from here: the nearest proxies are trusted, whatever their address. */
function trustedProxies(setting: HttpConfig['trustProxy']) {
  return typeof setting === 'number' ? (_address: string, hop: number) => hop < setting : setting;
}

/** Pipes, filters and hooks that every HTTP process has. */
export function setUpHttp(
  app: NestFastifyApplication,
  logger: Logger,
  telemetry: HttpTelemetry,
  config: HttpConfig,
): void {
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(logger));
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  acceptJson(server);
  telemetry.install(server);
  refuseHalfRequests(server);
  addCacheControl(server);
  prepareDrain(app, config.shutdownTimeoutMs);
}

/**
 * A second server on a separate port, with the same settings but no routes yet and no telemetry,
 * since its clients are part of the installation.
 */
export function createSideServer(config: HttpConfig, logger: Logger): FastifyInstance {
  const adapter = createAdapter(config, { observeUnrouted: () => undefined });
  const server: FastifyInstance = adapter.getInstance();
  const problems = new ProblemFilter(logger);
  server.setErrorHandler((error, request, reply) => problems.answer(error, request, reply));
  server.setNotFoundHandler((request, reply) =>
    problems.answer(new NotFoundException(), request, reply),
  );
  refuseHalfRequests(server);
  addCacheControl(server);
  addStandardHeaders(server, config);
  return server;
}
