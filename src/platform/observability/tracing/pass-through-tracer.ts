import {
  type Context,
  context as contextApi,
  type Span,
  type SpanOptions,
  trace,
  TraceFlags,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';

import { randomIds } from './random-ids.js';

/**
 * Tracing without an exporter: nothing is recorded, but logs still get trace ids, and an incoming
 * trace is propagated to called services with its sampling decision. Only the first span of a
 * process gets a new id; spans below are never exported.
 */
class PassThroughTracer implements Tracer {
  startSpan(_name: string, options: SpanOptions = {}, parent: Context = contextApi.active()): Span {
    const above = options.root === true ? undefined : trace.getSpan(parent);
    if (above !== undefined && above.spanContext().isRemote !== true) return above;
    const { traceId, traceFlags, traceState } = above?.spanContext() ?? {
      traceId: randomIds.generateTraceId(),
      traceFlags: TraceFlags.NONE,
    };
    return trace.wrapSpanContext({
      traceId,
      traceFlags,
      spanId: randomIds.generateSpanId(),
      ...(traceState && { traceState }),
    });
  }

  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    ...args: unknown[]
  ): ReturnType<F> {
    const work = args.pop() as (span: Span) => ReturnType<F>;
    const [options, parent] = args as [SpanOptions?, Context?];
    const span = this.startSpan(name, options, parent);
    const inside = trace.setSpan(parent ?? contextApi.active(), span);
    return contextApi.with(inside, work, undefined, span);
  }
}

export class PassThroughTracerProvider implements TracerProvider {
  private readonly tracer = new PassThroughTracer();

  getTracer(): Tracer {
    return this.tracer;
  }
}
