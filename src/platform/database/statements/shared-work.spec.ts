import { type Context, context, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

import { DependencyUnavailable } from '../../problems/problem.js';
import { startContext } from '../../common/request/start-context.js';
import { SharedWork } from './shared-work.js';

describe('SharedWork', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });

  beforeAll(() => {
    startContext();
    trace.setGlobalTracerProvider(provider);
  });

  afterAll(async () => {
    trace.disable();
    await provider.shutdown();
  });

  it('fails the span of each caller of shared work that failed', async () => {
    const tracer = provider.getTracer('test');
    const caller = (): Context => trace.setSpan(context.active(), tracer.startSpan('caller'));
    const work = new SharedWork(
      'shared read',
      () => Promise.reject(new DependencyUnavailable()),
      2,
    );
    const calls = [caller(), caller()].map((from) => context.with(from, () => work.add('key')));
    await expect(Promise.all(calls)).rejects.toThrow(DependencyUnavailable);
    await provider.forceFlush();
    const [span] = exporter.getFinishedSpans();
    expect(span?.name).toBe('shared read');
    expect(span?.status.code).toBe(SpanStatusCode.ERROR);
    expect(span?.attributes['error.type']).toBe('dependency.unavailable');
  });
});
