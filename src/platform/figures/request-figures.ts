import { Injectable } from '@nestjs/common';
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';

import { RequestDurations } from '../observability/metrics/request-durations.js';

/** Asked by the platform all day: they would hide what people experience. */
const PLATFORM = new Set(['/health', '/ready', '/metrics']);

interface RequestFigure {
  readonly figure: 'requests' | 'latency';
  readonly label: string;
  readonly count: number;
}

/** Requests as daily figures, from the counts that the metrics have: nothing is counted twice. */
@Injectable()
export class RequestFigures {
  private readonly producer: ReturnType<RequestDurations['producer']>;

  constructor(requests: RequestDurations) {
    this.producer = requests.producer(AggregationTemporality.DELTA);
  }

  /**
   * What was answered since the last call: `requests` by class of the status (`2xx`), and `latency`
   * by the upper bound of the bucket in seconds (`0.25`, `Infinity`).
   */
  async sinceLast(): Promise<RequestFigure[]> {
    const { resourceMetrics } = await this.producer.collect();
    return resourceMetrics.scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .flatMap((metric) =>
        metric.dataPointType === DataPointType.HISTOGRAM ? metric.dataPoints : [],
      )
      .filter(({ attributes }) => !PLATFORM.has(String(attributes['endpoint'])))
      .flatMap(({ attributes, value: { count, buckets } }) => [
        {
          figure: 'requests' as const,
          label: `${String(attributes['status_code']).charAt(0)}xx`,
          count,
        },
        ...buckets.counts.map((inBucket, index) => ({
          figure: 'latency' as const,
          label: String(buckets.boundaries[index] ?? Infinity),
          count: inBucket,
        })),
      ])
      .filter(({ count }) => count > 0);
  }
}
