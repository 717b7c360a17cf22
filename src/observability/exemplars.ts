import type { SpanContext } from '@opentelemetry/api';

/** One request that stands for those of its bucket. */
export interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
  /** Seconds the request took. */
  readonly value: number;
  /** Unix time in seconds. */
  readonly at: number;
}

/**
 * The last sampled request of each bucket of each series of the duration histogram; the SDK keeps
 * none. As many as there are buckets at most, so bounded as the series are.
 */
export class Exemplars {
  private readonly bySeries = new Map<string, Map<number, Exemplar>>();

  /**
   * @param series the labels as they stand in the exposition: `method="GET",…`.
   * @param bucket upper bound of the bucket in seconds, `Infinity` for the last.
   */
  record(series: string, bucket: number, { traceId, spanId }: SpanContext, value: number): void {
    let buckets = this.bySeries.get(series);
    if (buckets === undefined) this.bySeries.set(series, (buckets = new Map<number, Exemplar>()));
    buckets.set(bucket, { traceId, spanId, value, at: Date.now() / 1000 });
  }

  get(series: string, bucket: number): Exemplar | undefined {
    return this.bySeries.get(series)?.get(bucket);
  }
}
