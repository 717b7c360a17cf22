import { isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';

/**
 * The W3C `traceparent` of the current span, as plain data; undefined if its trace is not recorded.
 */
export function currentTraceparent(): string | undefined {
  const spanContext = trace.getActiveSpan()?.spanContext();
  if (!spanContext || !isSpanContextValid(spanContext)) return undefined;
  if ((spanContext.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return `00-${spanContext.traceId}-${spanContext.spanId}-01`;
}
