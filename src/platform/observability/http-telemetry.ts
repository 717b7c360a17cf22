import {
  type Context,
  context,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { clientAddress } from '../common/request/client-address.js';
import { anonymous } from '../common/request/principal.js';
import { type RequestContext, withRequest } from '../common/request/request-context.js';
import { policyOf } from '../declarations/route-policy.js';
import { WITHIN } from './logging/logger.js';
import { incomingContext } from './tracing/propagation.js';
import type { DurationSeries } from './metrics/durations.js';
import type { RequestDurations, RequestLabels } from './metrics/request-durations.js';

/** Methods of RFC 9110 and PATCH; anything else is one label. */
const METHODS = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
]);
/** Status of requests whose client disconnected before the answer, as in nginx. */
const CLIENT_CLOSED = 499;
/** Milliseconds with microseconds, as the log has them. */
const round = (milliseconds: number) => Math.round(milliseconds * 1000) / 1000;

/**
 * Span, metrics and log line of each request, from Fastify hooks. The general instrumentation wraps
 * every callback of the server for the same result, and costs about as much as the request.
 */
export class HttpTelemetry {
  private readonly tracer = trace.getTracer('http');
  private readonly kinds = new Map<string, Map<string, Kind[]>>();
  private inFlight = 0;

  constructor(
    private readonly log: Logger,
    private readonly durations: RequestDurations,
  ) {
    metrics
      .getMeter('http')
      .createObservableUpDownCounter('active_connections', {
        unit: '{request}',
        description: 'Requests in flight.',
      })
      .addCallback((result) => result.observe(this.inFlight));
  }

  install(server: FastifyInstance): void {
    server.decorateRequest('context', undefined);
    server.decorateRequest('span', undefined);
    server.decorateRequest('problemCode', undefined);
    server.addHook('onRequest', (request, reply, done) => this.begin(request, reply, done));
    // Body parsing continues from the socket's events, outside the request's context.
    server.addHook('preValidation', (request, _reply, done) => {
      if (request.context) context.with(request.context, done);
      else done();
    });
  }

  /** Requests whose URL no route can be found for: no hook sees them. */
  observeUnrouted(request: FastifyRequest, reply: FastifyReply): void {
    this.begin(request, reply, () => undefined);
  }

  private begin(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    this.inFlight += 1;
    void reply.header('x-request-id', request.id);
    const parent = incomingContext(request.headers);
    const endpoint = endpointOf(request);
    const within = isProbe(request)
      ? suppressTracing(parent)
      : this.withSpan(request, endpoint, parent);
    const ip = clientAddress(request.ip, request.socket.remoteAddress);
    const current: RequestContext = { requestId: request.id, ip, principal: anonymous };
    request.context = withRequest(within, current);
    request.current = current;
    // The only event that fires exactly once for every request.
    reply.raw.once('close', () => this.finish(request, reply));
    context.with(request.context, done);
  }

  private finish(request: FastifyRequest, reply: FastifyReply): void {
    const milliseconds = reply.elapsedTime;
    const statusCode = reply.raw.writableFinished ? reply.statusCode : CLIENT_CLOSED;
    const { series, log, level } = this.kindOf(request, statusCode);
    const { span } = request;
    const spanContext = span?.spanContext();
    const sampled = ((spanContext?.traceFlags ?? 0) & TraceFlags.SAMPLED) !== 0;
    this.inFlight -= 1;
    series.record(milliseconds / 1000, sampled ? spanContext : undefined);
    if (span) end(span, request, statusCode);
    const fields = { [WITHIN]: request.context, duration_ms: round(milliseconds) };
    const problemCode = statusCode === CLIENT_CLOSED ? 'client_closed' : request.problemCode;
    log[level](problemCode ? { ...fields, error_code: problemCode } : fields, 'request completed');
  }

  private withSpan(request: FastifyRequest, endpoint: string, parent: Context): Context {
    const name = `${methodOf(request)} ${endpoint}`;
    const span = this.tracer.startSpan(name, { kind: SpanKind.SERVER }, parent);
    if (span.isRecording()) describe(span, request, endpoint);
    request.span = span;
    return trace.setSpan(parent, span);
  }

  private kindOf(request: FastifyRequest, statusCode: number): Kind {
    const [method, endpoint] = [methodOf(request), endpointOf(request)];
    const methods = this.kinds.get(endpoint) ?? new Map<string, Kind[]>();
    const kinds = methods.get(method) ?? [];
    const known = kinds[statusCode];
    if (known !== undefined) return known;
    const kind = {
      series: this.durations.series({ method, endpoint, status_code: String(statusCode) }),
      log: this.log.child({ method, endpoint, status_code: statusCode }),
      level: isProbe(request) ? ('debug' as const) : ('info' as const),
    };
    kinds[statusCode] = kind;
    this.kinds.set(endpoint, methods.set(method, kinds));
    return kind;
  }
}

/** Requests with the same labels; limited by routes, methods and statuses. */
interface Kind {
  readonly series: DurationSeries<RequestLabels>;
  /** Logger with their common fields. */
  readonly log: Logger;
  /** Probes and scrapes are frequent, so they are logged at DEBUG. */
  readonly level: 'debug' | 'info';
}

/** Stable HTTP semantic conventions; no query and no client address, which are personal data. */
function describe(span: Span, request: FastifyRequest, endpoint: string): void {
  span.setAttributes({
    'http.request.method': methodOf(request),
    'url.path': request.url.replace(/\?.*$/s, ''),
    'url.scheme': request.protocol,
    'server.address': request.hostname,
    'network.protocol.version': request.raw.httpVersion,
    ...(endpoint !== 'unknown' && { 'http.route': endpoint }),
    ...(request.headers['user-agent'] !== undefined && {
      'user_agent.original': request.headers['user-agent'],
    }),
  });
}

function end(span: Span, { current, problemCode }: FastifyRequest, statusCode: number): void {
  if (span.isRecording()) {
    span.setAttribute('http.response.status_code', statusCode);
    if (current?.principal.kind === 'user') span.setAttribute('user.id', current.principal.userId);
    if (statusCode === CLIENT_CLOSED) span.setAttribute('error.type', 'client_closed');
    if (statusCode >= 500) {
      span.setAttribute('error.type', problemCode ?? String(statusCode));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
  }
  span.end();
}

/** The route's template, so that clients cannot create labels and names. */
function endpointOf({ routeOptions: { url } }: FastifyRequest): string {
  return url ?? 'unknown';
}

/** Whether it is a probe or scrape of the platform. */
function isProbe(request: FastifyRequest): boolean {
  return policyOf(request)?.probe === true;
}

function methodOf({ method }: FastifyRequest): string {
  return METHODS.has(method) ? method : '_OTHER';
}

declare module 'fastify' {
  interface FastifyRequest {
    context?: ReturnType<typeof context.active>;
    span?: Span;
    current?: RequestContext;
  }
}
