import {
  type Attributes,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

import { framesOf } from '../logging/source-positions.js';
import { errorType, safeMessage } from '../logging/exception.js';

const tracer = trace.getTracer('user-api');

/** Errors that a span has recorded, so that spans above do not record them again. */
const recorded = new WeakSet<Error>();

/**
 * Runs work in a new span, which fails with it. The error is recorded once, on the span of its
 * origin.
 */
export async function inSpan<Result>(
  name: string,
  work: (span: Span) => Promise<Result>,
  options: { readonly attributes?: Attributes; readonly kind?: SpanKind } = {},
): Promise<Result> {
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      failSpan(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Marks a span as failed, and records the error if no span below has done so. */
export function failSpan(span: Span, error: unknown): void {
  if (!span.isRecording()) return;
  const type = errorType(error);
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (!(error instanceof Error) || recorded.has(error)) return;
  recorded.add(error);
  span.recordException({
    name: type,
    message: safeMessage(error),
    stack: framesOf(error).join('\n'),
  });
}
