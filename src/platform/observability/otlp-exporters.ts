import type { ConfigType } from '@nestjs/config';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import { InstrumentType, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

import { agentWithDeadline } from './otlp-agent.js';
import type { Exporting } from './otlp.config.js';
import type { telemetryConfig } from './telemetry.config.js';
import type { MetricsPage } from './metrics/metrics-page.js';
import type { Outage } from './logging/outages.js';
import { randomIds } from './tracing/random-ids.js';

type TelemetryConfig = ConfigType<typeof telemetryConfig>;

/** Traces and metrics to OTLP receivers. Loaded only where one is configured. */
export async function createExporters(
  resource: Resource,
  config: TelemetryConfig,
  page: MetricsPage,
  outage: Outage,
) {
  return {
    tracerProvider: config.traces && (await createTracerProvider(config.traces)),
    metricReader: config.metrics && (await createMetricReader(config.metrics)),
  };

  async function createTracerProvider(exporting: Exporting): Promise<TracerProvider> {
    const { OTLPTraceExporter } = await exportersFor[exporting.protocol]();
    const exporter = new OTLPTraceExporter(await optionsOf(exporting));
    telling(exporter, outage);
    return new TracerProvider({
      resource,
      sampler: createSampler(config),
      idGenerator: randomIds,
      spanProcessors: [
        new BatchSpanProcessor({
          exporter,
          exportTimeoutMillis: config.spans.timeoutMs,
          scheduledDelayMillis: config.spans.delayMs,
          maxQueueSize: config.spans.queue,
          maxExportBatchSize: config.spans.batch,
        }),
      ],
      spanLimits: { attributeValueLengthLimit: 1024 },
    });
  }

  async function createMetricReader(exporting: Exporting): Promise<PeriodicExportingMetricReader> {
    const { OTLPMetricExporter } = await exportersFor[exporting.protocol]();
    // All three exporters of metrics are made of this package.
    const { AggregationTemporalityPreference } =
      await import('@opentelemetry/exporter-metrics-otlp-http');
    const exporter = new OTLPMetricExporter({
      ...(await optionsOf(exporting)),
      temporalityPreference: AggregationTemporalityPreference[temporalities[config.temporality]],
    });
    telling(exporter, outage);
    return new PeriodicExportingMetricReader({
      exporter,
      metricProducers: page.producers(
        exporter.selectAggregationTemporality(InstrumentType.HISTOGRAM),
      ),
      exportIntervalMillis: config.metricIntervalMs,
      exportTimeoutMillis: config.metricTimeoutMs,
    });
  }
}

const temporalities = { cumulative: 'CUMULATIVE', delta: 'DELTA', lowmemory: 'LOWMEMORY' } as const;

/**
 * All settings are passed to the exporters: their own reading of the environment does not support
 * `.env` and mounted files, and ignores invalid values.
 */
async function optionsOf({ url, protocol, headers, timeoutMs, compression, tls }: Exporting) {
  const options = { url, timeoutMillis: timeoutMs, compression: compression as never };
  if (protocol !== 'grpc')
    return { ...options, headers, httpAgentOptions: agentWithDeadline(timeoutMs, tls) };
  const { credentials, Metadata } = await import('@grpc/grpc-js');
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  const bytes = (pem: string | undefined) => (pem === undefined ? null : Buffer.from(pem));
  return {
    ...options,
    metadata,
    ...(url.startsWith('https:') && {
      credentials: credentials.createSsl(bytes(tls.ca), bytes(tls.key), bytes(tls.cert)),
    }),
  };
}

/** An exporter that reports failed and successful exports. */
function telling<Items>(exporter: Exporter<Items>, outage: Outage): void {
  const send = exporter.export.bind(exporter);
  exporter.export = (items, done) =>
    send(items, (result) => {
      if (result.code === ExportResultCode.SUCCESS) outage.succeeded();
      else outage.failed(result.error);
      done(result);
    });
}

interface Exporter<Items> {
  export(items: Items, done: (result: ExportResult) => void): void;
}

/** Each protocol's packages are loaded only when it is chosen. */
const exportersFor = {
  grpc: async () => ({
    ...(await import('@opentelemetry/exporter-trace-otlp-grpc')),
    ...(await import('@opentelemetry/exporter-metrics-otlp-grpc')),
  }),
  'http/json': async () => ({
    ...(await import('@opentelemetry/exporter-trace-otlp-http')),
    ...(await import('@opentelemetry/exporter-metrics-otlp-http')),
  }),
  'http/protobuf': async () => ({
    ...(await import('@opentelemetry/exporter-trace-otlp-proto')),
    ...(await import('@opentelemetry/exporter-metrics-otlp-proto')),
  }),
};

function createSampler({ sampler, samplerRatio }: TelemetryConfig): Sampler {
  const [, parentBased, kind] = /^(parentbased_)?(.*)$/.exec(sampler) ?? [];
  const root =
    kind === 'traceidratio'
      ? new TraceIdRatioBasedSampler(samplerRatio)
      : kind === 'always_off'
        ? new AlwaysOffSampler()
        : new AlwaysOnSampler();
  return parentBased === undefined ? root : new ParentBasedSampler({ root });
}
