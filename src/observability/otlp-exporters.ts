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

import type { telemetryConfig } from '../config/telemetry.config.js';
import type { Outage } from './outages.js';
import { randomIds } from './random-ids.js';
import type { RequestDurations } from './request-durations.js';

type TelemetryConfig = ConfigType<typeof telemetryConfig>;

const METRICS_INTERVAL_MS = 30_000;
/** A hanging receiver costs memory for this long, and delays the end of the process no longer. */
const EXPORT_TIMEOUT_MS = 5000;

/** Traces and metrics to an OTLP receiver. Loaded only where one is configured. */
export async function createExporters(
  resource: Resource,
  config: TelemetryConfig,
  requests: RequestDurations,
  outage: Outage,
) {
  const { OTLPTraceExporter, OTLPMetricExporter } = await exportersFor[config.protocol]();
  const optionsFor = (signal: 'traces' | 'metrics') => ({
    timeoutMillis: EXPORT_TIMEOUT_MS,
    // Headers, compression and TLS are read by the exporters from OTEL_*, as everywhere.
    // Endpoints are ours to read, since they may stand in a file or in `.env`.
    url: config.ownEndpoints[signal] ?? signalUrl(config, signal),
  });
  const metricExporter = new OTLPMetricExporter(optionsFor('metrics'));
  const traceExporter = new OTLPTraceExporter(optionsFor('traces'));
  telling(metricExporter, outage);
  telling(traceExporter, outage);
  return {
    tracerProvider: new TracerProvider({
      resource,
      sampler: createSampler(config),
      idGenerator: randomIds,
      spanProcessors: [
        new BatchSpanProcessor({
          exporter: traceExporter,
          exportTimeoutMillis: EXPORT_TIMEOUT_MS,
          scheduledDelayMillis: config.spanDelayMs,
        }),
      ],
      spanLimits: { attributeValueLengthLimit: 1024 },
    }),
    metricReader: new PeriodicExportingMetricReader({
      exporter: metricExporter,
      metricProducers: [
        requests.producer(metricExporter.selectAggregationTemporality(InstrumentType.HISTOGRAM)),
      ],
      exportIntervalMillis: METRICS_INTERVAL_MS,
      exportTimeoutMillis: EXPORT_TIMEOUT_MS,
    }),
  };
}

/** An exporter that tells of the exports that failed and of those that arrived. */
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

/** OTLP over HTTP has a path per signal, over gRPC it has none. */
function signalUrl({ endpoint = '', protocol }: TelemetryConfig, signal: string): string {
  return protocol === 'grpc' ? endpoint : `${endpoint.replace(/\/+$/, '')}/v1/${signal}`;
}

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
