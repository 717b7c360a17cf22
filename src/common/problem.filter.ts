import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';

import {
  DependencyUnavailable,
  type InputFault,
  ProblemError,
  type ProblemDocument,
} from './problem.js';
import { type ProblemCode, problemCodes, problemType } from './problem-codes.js';

const NO_TRACE = '0'.repeat(32);

/** Problems of the request itself, found before any handler by Fastify or Nest. */
const byStatus: Readonly<
  Record<number, { code: ProblemCode; detail: string; faults?: InputFault[] }>
> = {
  400: { code: 'request.invalid', detail: 'The request is malformed.' },
  404: { code: 'request.not-found', detail: 'There is nothing at this path for this method.' },
  413: { code: 'request.too-large', detail: 'The request body is larger than allowed.' },
  415: {
    code: 'request.unsupported-media-type',
    detail: 'The request body must be application/json.',
  },
};

/** What goes wrong, told to whoever keeps the log. */
export interface ProblemReporter {
  /** An error that no client caused. */
  unexpected(error: unknown): void;
  /** A dependency failed a request. */
  unavailable(error: unknown): void;
}

/** The one place that turns errors into problem documents. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly reporter: ProblemReporter) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    // The client may be gone, or the answer under way.
    if (reply.sent) return;
    const request = http.getRequest<FastifyRequest>();
    const problem = this.toProblem(error);
    for (const [name, value] of Object.entries(problem.headers ?? {}))
      void reply.header(name, value);
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(toDocument(problem, request)));
  }

  private toProblem(error: unknown): ProblemError {
    if (error instanceof DependencyUnavailable) this.reporter.unavailable(error);
    if (error instanceof ProblemError) return error;
    const status = statusOf(error);
    const known = status === undefined ? undefined : byStatus[status];
    if (known) return new RequestProblem(known.code, known.detail, faultsOf(error));
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

/** Malformed bodies have no field to point to: the whole of them is the fault. */
function faultsOf(error: unknown): readonly InputFault[] | undefined {
  if (statusOf(error) !== 400) return undefined;
  // Nest wraps what Fastify throws.
  const cause = error instanceof HttpException ? error.cause : error;
  const empty =
    cause instanceof Error && 'code' in cause && cause.code === 'FST_ERR_CTP_EMPTY_JSON_BODY';
  return [{ pointer: '', detail: empty ? 'must not be empty' : 'must be valid JSON' }];
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    return error.statusCode;
  }
  return undefined;
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
