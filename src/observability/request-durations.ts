import { type HrTime, type SpanContext, ValueType } from '@opentelemetry/api';
import { hrTime } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type CollectionResult,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';

/** Seconds: 5 ms to 10 s, what an API's answers take; Prometheus' own defaults. */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** One request that stands for those of its bucket. */
export interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
  /** Seconds the request took. */
  readonly value: number;
  /** Unix time in seconds. */
  readonly at: number;
}

/** Labels as in the contract; each from a closed set, so that series stay few. */
export interface RequestLabels {
  readonly method: string;
  readonly endpoint: string;
  readonly status_code: string;
}

/** What has been counted of requests with the same labels. */
interface Counts {
  readonly count: number;
  /** Seconds. */
  readonly sum: number;
  /** One per bound, and one for what is above. */
  readonly buckets: readonly number[];
}

const NONE: Counts = { count: 0, sum: 0, buckets: DURATION_BUCKETS.map(() => 0).concat(0) };

/** Requests with the same labels. */
export class RequestSeries implements Counts {
  count = 0;
  sum = 0;
  readonly buckets = [...NONE.buckets];
  /** The last sampled request of each bucket. */
  readonly exemplars: (Exemplar | undefined)[] = [];

  constructor(readonly labels: RequestLabels) {}

  /** @param span of the request, where it is sampled. */
  record(seconds: number, span?: SpanContext): void {
    let bucket = 0;
    // A bound belongs to its bucket; there are few, and most requests end at the first.
    while (seconds > (DURATION_BUCKETS[bucket] ?? Infinity)) bucket += 1;
    this.count += 1;
    this.sum += seconds;
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
    if (span === undefined) return;
    const { traceId, spanId } = span;
    this.exemplars[bucket] = { traceId, spanId, value: seconds, at: Date.now() / 1000 };
  }
}

/**
 * `http_requests_total` and `http_request_duration_seconds`. A request is counted once, by three
 * additions, for both metrics and all readers: a histogram of the SDK hashes the labels at each
 * call, for each reader anew, which took longer than the rest of a request's telemetry.
 */
export class RequestDurations {
  private readonly all: RequestSeries[] = [];
  private readonly since = hrTime();

  /** A new series; its labels must be new, too. */
  series(labels: RequestLabels): RequestSeries {
    const series = new RequestSeries(labels);
    this.all.push(series);
    return series;
  }

  /** @param bound upper bound of a bucket in seconds, `Infinity` for the last. */
  exemplar({ method, endpoint, status_code }: RequestLabels, bound: number): Exemplar | undefined {
    const found = this.all.find(
      ({ labels }) =>
        labels.method === method &&
        labels.endpoint === endpoint &&
        labels.status_code === status_code,
    );
    const bucket = bound === Infinity ? DURATION_BUCKETS.length : DURATION_BUCKETS.indexOf(bound);
    return found?.exemplars[bucket];
  }

  /** What one reader collects from. */
  producer(temporality: AggregationTemporality): MetricProducer {
    const reported = new Map<RequestSeries, Counts>();
    let since = this.since;
    return {
      collect: async () => {
        const until = hrTime();
        const points = this.all.map((series) => ({
          attributes: { ...series.labels },
          counts: difference(series, reported.get(series) ?? NONE),
          startTime: since,
          endTime: until,
        }));
        if (temporality === AggregationTemporality.DELTA) {
          for (const series of this.all) reported.set(series, difference(series, NONE));
          since = until;
        }
        return collected(points, temporality);
      },
    };
  }
}

function difference(now: Counts, before: Counts): Counts {
  return {
    count: now.count - before.count,
    sum: now.sum - before.sum,
    buckets: now.buckets.map((count, index) => count - (before.buckets[index] ?? 0)),
  };
}

interface Point {
  readonly attributes: DataPoint<unknown>['attributes'];
  readonly counts: Counts;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}

function collected(
  points: readonly Point[],
  aggregationTemporality: AggregationTemporality,
): CollectionResult {
  const dataPoints = <Value>(valueOf: (counts: Counts) => Value): DataPoint<Value>[] =>
    points.map(({ counts, ...point }) => ({ ...point, value: valueOf(counts) }));
  return {
    // Readers put the process's own in its place.
    resourceMetrics: {
      resource: resourceFromAttributes({}),
      scopeMetrics: [
        {
          scope: { name: 'http' },
          metrics: [
            {
              descriptor: describe('http_requests_total', 'Requests answered.', '{request}'),
              aggregationTemporality,
              dataPointType: DataPointType.SUM,
              isMonotonic: true,
              dataPoints: dataPoints(({ count }) => count),
            },
            {
              descriptor: describe(
                'http_request_duration_seconds',
                'Seconds from the head of a request to the end of its answer.',
                's',
              ),
              aggregationTemporality,
              dataPointType: DataPointType.HISTOGRAM,
              dataPoints: dataPoints(histogramOf),
            },
          ],
        },
      ],
    },
    errors: [],
  };
}

function histogramOf({ count, sum, buckets }: Counts): Histogram {
  return { count, sum, buckets: { boundaries: DURATION_BUCKETS, counts: [...buckets] } };
}

function describe(name: string, description: string, unit: string) {
  return { name, description, unit, valueType: ValueType.DOUBLE };
}
