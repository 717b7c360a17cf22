import { isSpanContextValid, TraceFlags } from '@opentelemetry/api';

import { randomIds } from './random-ids.js';

describe('randomIds', () => {
  it('are valid and unique, even beyond one buffer of random bytes', () => {
    const contexts = Array.from({ length: 1000 }, () => ({
      traceId: randomIds.generateTraceId(),
      spanId: randomIds.generateSpanId(),
      traceFlags: TraceFlags.NONE,
    }));
    expect(contexts.every(isSpanContextValid)).toBe(true);
    expect(new Set(contexts.map(({ traceId }) => traceId)).size).toBe(1000);
    expect(new Set(contexts.map(({ spanId }) => spanId)).size).toBe(1000);
  });
});
