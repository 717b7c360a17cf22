import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { type InputFault, ProblemError, type ProblemDocument } from '../../problems/problem.js';
import { type ProblemCode, problemCodes, problemType } from '../../problems/problem-codes.js';

const NO_TRACE = '0'.repeat(32);

/** Problems of the request itself, found before any handler by Fastify or Nest. */
const byStatus: Readonly<
  Record<number, { code: ProblemCode; detail: string; faults?: readonly InputFault[] }>
> = {
  400: {
    code: 'request.invalid',
    detail: 'The request is malformed.',
    // It has no field to point to: the whole body is the fault.
    faults: [{ pointer: '', detail: 'must be valid JSON' }],
  },
  404: { code: 'request.not-found', detail: 'There is nothing at this path for this method.' },
  413: { code: 'request.too-large', detail: 'The request body is larger than allowed.' },
  415: {
    code: 'request.unsupported-media-type',
    detail: 'The request body must be application/json.',
  },
};

/** Receives unexpected errors, for the log. */
export interface ProblemReporter {
  /** An error that no client caused. */
  unexpected(error: unknown): void;
}

/** The one place that turns errors into problem documents. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly reporter: ProblemReporter) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers a request that came to an error. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // The client may be gone, or the answer under way.
    if (reply.sent) return;
    sendProblem(reply, this.toProblem(error), request);
  }

  private toProblem(error: unknown): ProblemError {
    if (error instanceof ProblemError) return error;
    const status = statusOf(error);
    const known = status === undefined ? undefined : byStatus[status];
    if (known) return new RequestProblem(known.code, known.detail, known.faults);
    if (status !== undefined && status < 500)
      return new RequestProblem('request.invalid', 'The request is malformed.');
    this.reporter.unexpected(error);
    return new RequestProblem('internal', 'Something went wrong on our side.');
  }
}

class RequestProblem extends ProblemError {
  constructor(
    readonly code: ProblemCode,
    message: string,
    override readonly faults?: readonly InputFault[],
  ) {
    super(message);
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
  problem: ProblemError,
  request: FastifyRequest,
): void {
  request.problemCode = problem.code;
  void reply
    .status(problem.status)
    .headers({
      ...problem.headers,
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
    })
    .send(JSON.stringify(toDocument(problem, request)));
}

/** The document of a problem, for a request. */
export function toDocument(
  { code, status, message, faults }: Pick<ProblemError, 'code' | 'status' | 'message' | 'faults'>,
  request: { readonly url: string; readonly id: string },
): ProblemDocument {
  return {
    type: problemType(code),
    title: problemCodes[code].title,
    status,
    detail: message,
    instance: request.url.replace(/\?.*$/s, ''),
    code,
    request_id: request.id,
    trace_id: trace.getActiveSpan()?.spanContext().traceId ?? NO_TRACE,
    ...(faults !== undefined && faults.length > 0 && { errors: faults }),
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Code of the problem that it was refused with. */
    problemCode?: ProblemCode;
  }
}
