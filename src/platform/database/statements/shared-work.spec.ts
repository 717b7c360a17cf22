import { type Context, context, SpanStatusCode, trace } from '@opentelemetry/api';

import { recordSpans, type RecordedSpans } from '../../../../test/support/recorded-spans.js';
import { DependencyUnavailable } from '../../problems/problem.js';
import { SharedWork } from './shared-work.js';

describe('SharedWork', () => {
  let spans: RecordedSpans;

  beforeAll(() => {
    spans = recordSpans();
  });

  afterAll(() => spans?.stop());

  it('fails the span of each caller of shared work that failed', async () => {
    const caller = (): Context => trace.setSpan(context.active(), spans.tracer.startSpan('caller'));
    const work = new SharedWork(
      'shared read',
      () => Promise.reject(new DependencyUnavailable()),
      2,
    );
    const calls = [caller(), caller()].map((from) => context.with(from, () => work.add('key')));
    await expect(Promise.all(calls)).rejects.toThrow(DependencyUnavailable);
    const [span] = await spans.finished();
    expect(span?.name).toBe('shared read');
    expect(span?.status.code).toBe(SpanStatusCode.ERROR);
    expect(span?.attributes['error.type']).toBe('dependency.unavailable');
  });
});
