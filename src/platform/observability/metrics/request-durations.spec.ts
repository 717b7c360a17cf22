import { AggregationTemporality, type MetricProducer } from '@opentelemetry/sdk-metrics';

import { RequestDurations } from './request-durations.js';

const labels = { method: 'GET', endpoint: '/users/:id', status_code: '200' };
const span = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };

async function valuesOf(producer: MetricProducer) {
  const { resourceMetrics } = await producer.collect();
  return resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
    metrics.flatMap(({ dataPoints }) => dataPoints.map(({ value }) => value)),
  );
}

describe('RequestDurations', () => {
  let requests: RequestDurations;
  beforeEach(() => {
    requests = new RequestDurations();
  });

  it('counts a request in the bucket whose bound it does not exceed', async () => {
    const series = requests.series(labels);
    for (const seconds of [0.005, 0.0051, 10, 11]) series.record(seconds);
    const [total, histogram] = await valuesOf(requests.producer(AggregationTemporality.CUMULATIVE));
    expect(total).toBe(4);
    expect(histogram).toMatchObject({
      count: 4,
      sum: expect.closeTo(21.0101),
      buckets: { counts: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1] },
    });
  });

  it('gives each reader totals or differences on request', async () => {
    const series = requests.series(labels);
    const [all, fresh] = [AggregationTemporality.CUMULATIVE, AggregationTemporality.DELTA].map(
      (temporality) => requests.producer(temporality),
    ) as [MetricProducer, MetricProducer];
    series.record(0.5);
    expect((await valuesOf(all))[0]).toBe(1);
    expect((await valuesOf(fresh))[0]).toBe(1);
    series.record(0.25);
    expect(await valuesOf(all)).toMatchObject([2, { count: 2, sum: 0.75 }]);
    expect(await valuesOf(fresh)).toMatchObject([1, { count: 1, sum: 0.25 }]);
    expect(await valuesOf(fresh)).toMatchObject([0, { count: 0, sum: 0 }]);
  });

  it('keeps the last sampled request of a bucket', () => {
    const series = requests.series(labels);
    series.record(0.3, span);
    series.record(0.4);
    expect(requests.exemplar({ ...labels }, 0.5)).toMatchObject({
      traceId: span.traceId,
      spanId: span.spanId,
      value: 0.3,
    });
    expect(requests.exemplar(labels, Infinity)).toBeUndefined();
    expect(requests.exemplar({ ...labels, method: 'PUT' }, 0.5)).toBeUndefined();
  });
});
