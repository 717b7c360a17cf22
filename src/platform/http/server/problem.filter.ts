import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import {
  type InputFault,
  InternalError,
  problem,
  type ProblemDocument,
  ProblemError,
  problemType,
  RequestInvalid,
  RequestTooLarge,
  ResourceNotFound,
  UnsupportedMediaType,
} from '../../problems/problem.js';

const NO_TRACE = '0'.repeat(32);

/** 400: Fastify or Nest could not read the request. */
class RequestMalformed extends problem(RequestInvalid, 'The request is malformed.') {
  constructor(override readonly faults: readonly InputFault[] = []) {
    super();
  }
}

/** Problems of the request itself, found before any handler by Fastify or Nest. */
const byStatus: Readonly<Record<number, () => ProblemError>> = {
  // No single field is invalid: the pointer is the whole body.
  400: () => new RequestMalformed([{ pointer: '', detail: 'must be valid JSON' }]),
  404: () => new ResourceNotFound(),
  413: () => new RequestTooLarge(),
  415: () => new UnsupportedMediaType(),
};

/** The only place that turns errors into problem documents. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers a request with a problem. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // The client may be gone, or the answer already started.
    if (reply.sent) return;
    sendProblem(reply, this.toProblem(error), request);
  }

  private toProblem(error: unknown): ProblemError {
    if (error instanceof ProblemError) return error;
    const status = statusOf(error);
    const known = status === undefined ? undefined : byStatus[status];
    if (known) return known();
    if (status !== undefined && status < 500) return new RequestMalformed();
    this.logger.error({ logger: 'http', err: error }, 'request failed unexpectedly');
    return new InternalError();
  }
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    return error.statusCode;
  }
  return undefined;
}

/** Sends a problem as the answer to a request. */
export function sendProblem(
  reply: FastifyReply,
  error: ProblemError,
  request: FastifyRequest,
): void {
  request.problemCode = error.code;
  if (request.server.problemPage?.(error, request, reply) === true) return;
  void reply
    .status(error.status)
    .headers({
      ...error.headers,
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
    })
    .send(JSON.stringify(toDocument(error, request)));
}

/** The document of a problem, for a request. */
export function toDocument(
  { code, status, title, message, faults, members }: ProblemError,
  request: { readonly url: string; readonly id: string },
): ProblemDocument {
  return {
    type: problemType(code),
    title,
    status,
    detail: message,
    instance: request.url.replace(/\?.*$/s, ''),
    code,
    request_id: request.id,
    trace_id: trace.getActiveSpan()?.spanContext().traceId ?? NO_TRACE,
    ...(faults !== undefined && faults.length > 0 && { errors: faults }),
    ...members,
  };
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers with a page, where people ask; @returns false for everybody else. */
    problemPage?: (error: ProblemError, request: FastifyRequest, reply: FastifyReply) => boolean;
  }
  interface FastifyRequest {
    /** Problem code of its refusal. */
    problemCode?: string;
  }
}
