import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  type CollectionResult,
  type MetricProducer,
  MetricReader,
} from '@opentelemetry/sdk-metrics';

import { OPENMETRICS_TYPE, toOpenMetrics } from './openmetrics.js';
import { RequestDurations } from './request-durations.js';
import { StatementDurations } from './statement-durations.js';

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** A reader that collects only at a scrape. */
class ScrapeReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

/** The page `/metrics`: the current values of all instruments. */
export class MetricsPage {
  readonly requests = new RequestDurations();
  readonly statements = new StatementDurations();
  readonly reader = new ScrapeReader({ metricProducers: this.producers() });
  // No scope labels and no target_info: the names and labels of the contract are exact.
  private readonly serializer = new PrometheusSerializer(undefined, false, undefined, true, true);

  /** @param on whether instruments are read; the page is empty without. */
  constructor(private readonly on = true) {}

  /** What a reader collects beside the instruments of the SDK. */
  producers(temporality = AggregationTemporality.CUMULATIVE): MetricProducer[] {
    return [this.requests, this.statements].map((durations) => durations.producer(temporality));
  }

  /** @param accept the request's `Accept`: OpenMetrics with exemplars if accepted. */
  async render(accept: string | undefined): Promise<{ type: string; body: string }> {
    const text = this.on ? await this.collect() : '';
    return accept?.includes('application/openmetrics-text') === true
      ? { type: OPENMETRICS_TYPE, body: toOpenMetrics(text, this.requests) }
      : { type: PROMETHEUS_TYPE, body: text };
  }

  private async collect(): Promise<string> {
    const { resourceMetrics }: CollectionResult = await this.reader.collect();
    // Units are in the names, as usual in Prometheus; the units of the instruments have another
    // format.
    const text = this.serializer.serialize(resourceMetrics).replace(/^# UNIT .*\n/gm, '');
    return `${text.trimEnd()}\n`;
  }
}
