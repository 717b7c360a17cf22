import { ProxyTracerProvider, trace, type Tracer } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

import { startContext } from '../../src/platform/common/request/start-context.js';

/** Spans of this process since the start of the recording. */
export interface RecordedSpans {
  readonly tracer: Tracer;
  finished(): Promise<readonly ReadableSpan[]>;
  /** Forgets them. */
  reset(): void;
  stop(): Promise<void>;
}

/** The API's own tracer without a provider. */
const nothing = new ProxyTracerProvider().getTracer('nothing');
let recorder: Tracer = nothing;

/**
 * Modules keep the tracer of the first provider that they meet, and outlive a test file (ADR 114). So there is one
 * provider, whose tracer passes each call to the recording of the file.
 */
const tracer: Tracer = {
  startSpan: (...args) => recorder.startSpan(...args),
  startActiveSpan: (...args: unknown[]) =>
    (recorder.startActiveSpan as (...all: unknown[]) => never)(...args),
};

/** Records the spans of this process until it is stopped. */
export function recordSpans(): RecordedSpans {
  startContext();
  trace.setGlobalTracerProvider({ getTracer: () => tracer });
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  recorder = provider.getTracer('test');
  return {
    tracer: recorder,
    finished: async () => {
      await provider.forceFlush();
      return exporter.getFinishedSpans();
    },
    reset: () => exporter.reset(),
    stop: async () => {
      recorder = nothing;
      await provider.shutdown();
    },
  };
}
