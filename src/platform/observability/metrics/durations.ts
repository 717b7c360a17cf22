import { type HrTime, type SpanContext, ValueType } from '@opentelemetry/api';
import { hrTime } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type CollectionResult,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';

/** The exemplar of a bucket. */
export interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
  /** Seconds it took. */
  readonly value: number;
  /** Unix time in seconds. */
  readonly at: number;
}

/** Each from a closed set, so that series stay few. */
type Labels = Readonly<Record<string, string>>;

interface Description {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
}

/** Metrics from the same counts. */
interface DurationMetrics {
  readonly scope: string;
  /** Upper bounds of the buckets in seconds, rising. */
  readonly bounds: readonly number[];
  readonly histogram: Description;
  /** An optional counter beside the histogram. */
  readonly total?: Description;
}

/** Counts of one set of labels. */
interface Counts {
  readonly count: number;
  /** Seconds. */
  readonly sum: number;
  /** One per bound, and one above the last. */
  readonly buckets: readonly number[];
}

/** Durations with the same labels. */
export class DurationSeries<Of extends Labels> implements Counts {
  count = 0;
  sum = 0;
  readonly buckets: number[];
  /** The last sampled event of each bucket. */
  readonly exemplars: (Exemplar | undefined)[] = [];

  constructor(
    readonly labels: Of,
    private readonly bounds: readonly number[],
  ) {
    this.buckets = bounds.map(() => 0).concat(0);
  }

  /** @param span of the event, where it is sampled. */
  record(seconds: number, span?: SpanContext): void {
    let bucket = 0;
    // A bound belongs to its bucket; there are few, and most durations end at the first.
    while (seconds > (this.bounds[bucket] ?? Infinity)) bucket += 1;
    this.count += 1;
    this.sum += seconds;
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
    if (span === undefined) return;
    const { traceId, spanId } = span;
    this.exemplars[bucket] = { traceId, spanId, value: seconds, at: Date.now() / 1000 };
  }
}

/**
 * A histogram for frequent events. An event is counted once, with three additions, for all readers
 * and the counter beside it. A histogram of the SDK hashes the labels at each call and for each
 * reader, which took longer than the rest of a request's telemetry.
 */
export class Durations<Of extends Labels> {
  protected readonly all: DurationSeries<Of>[] = [];
  private readonly since = hrTime();

  constructor(private readonly metrics: DurationMetrics) {}

  /** A new series; its labels must be new, too. */
  series(labels: Of): DurationSeries<Of> {
    const series = new DurationSeries(labels, this.metrics.bounds);
    this.all.push(series);
    return series;
  }

  /** The state of one reader. */
  producer(temporality: AggregationTemporality): MetricProducer {
    const reported = new Map<DurationSeries<Of>, Counts>();
    let since = this.since;
    return {
      collect: async () => {
        const until = hrTime();
        const points = this.all.map((series) => ({
          attributes: { ...series.labels },
          counts: difference(series, reported.get(series)),
          startTime: since,
          endTime: until,
        }));
        if (temporality === AggregationTemporality.DELTA) {
          for (const series of this.all) reported.set(series, difference(series));
          since = until;
        }
        return collected(this.metrics, points, temporality);
      },
    };
  }
}

/** Without an earlier time, a copy of the current counts. */
function difference(now: Counts, before?: Counts): Counts {
  return {
    count: now.count - (before?.count ?? 0),
    sum: now.sum - (before?.sum ?? 0),
    buckets: now.buckets.map((count, index) => count - (before?.buckets[index] ?? 0)),
  };
}

interface Point {
  readonly attributes: DataPoint<unknown>['attributes'];
  readonly counts: Counts;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}

function collected(
  { scope, bounds, total, histogram }: DurationMetrics,
  points: readonly Point[],
  aggregationTemporality: AggregationTemporality,
): CollectionResult {
  const dataPoints = <Value>(valueOf: (counts: Counts) => Value): DataPoint<Value>[] =>
    points.map(({ counts, ...point }) => ({ ...point, value: valueOf(counts) }));
  const durations: MetricData = {
    descriptor: { ...histogram, valueType: ValueType.DOUBLE },
    aggregationTemporality,
    dataPointType: DataPointType.HISTOGRAM,
    dataPoints: dataPoints((counts) => histogramOf(counts, bounds)),
  };
  const totals: MetricData[] = total
    ? [
        {
          descriptor: { ...total, valueType: ValueType.DOUBLE },
          aggregationTemporality,
          dataPointType: DataPointType.SUM,
          isMonotonic: true,
          dataPoints: dataPoints(({ count }) => count),
        },
      ]
    : [];
  return {
    // Readers replace it by the process's own.
    resourceMetrics: {
      resource: resourceFromAttributes({}),
      scopeMetrics: [{ scope: { name: scope }, metrics: [...totals, durations] }],
    },
    errors: [],
  };
}

function histogramOf({ count, sum, buckets }: Counts, bounds: readonly number[]): Histogram {
  return { count, sum, buckets: { boundaries: [...bounds], counts: [...buckets] } };
}
