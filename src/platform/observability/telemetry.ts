import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { diag, DiagLogLevel, metrics, propagation, trace } from '@opentelemetry/api';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationType,
  InstrumentType,
  MeterProvider,
  type MetricReader,
} from '@opentelemetry/sdk-metrics';
import type { ConfigType } from '@nestjs/config';
import type { Logger } from 'pino';

import type { ProcessConfig } from '../app/app.config.js';
import type { telemetryConfig } from './telemetry.config.js';
import { startContext } from '../common/request/start-context.js';
import { MetricsPage } from './metrics/metrics-page.js';
import { PassThroughTracerProvider } from './tracing/pass-through-tracer.js';
import { type Outage, Outages } from './logging/outages.js';
import { createPropagator } from './tracing/propagation.js';
import { DURATION_BUCKETS } from './metrics/request-durations.js';
import { throttle } from './logging/throttle.js';
import { observeDatabase } from './tracing/observe-database.js';
import { traceRedis } from './tracing/trace-redis.js';
import { watchProcess } from './metrics/process-metrics.js';
import { watchRuntime } from './metrics/runtime-metrics.js';

type TelemetryConfig = ConfigType<typeof telemetryConfig>;

/** Series per metric; past it the SDK counts into one overflow series. */
const SERIES_LIMIT = 1000;

/** Maximum wait for a silent receiver at the end of a process. */
const FLUSH_TIMEOUT_MS = 2000;

const WARNING_INTERVAL_MS = 60_000;

export interface Telemetry {
  readonly page: MetricsPage;
  /** Measures no more, exports remaining data and stops, with a limit for a silent receiver. */
  shutdown(): Promise<void>;
}

/**
 * Starts traces and metrics, before the application is made. Without an OTLP endpoint nothing is
 * exported and the exporters are not even loaded; metrics can be scraped in any case.
 * @param config undefined for commands without telemetry.
 */
export async function startTelemetry(
  app: ProcessConfig,
  config: TelemetryConfig | undefined,
  logger: Logger,
  signupSources: readonly string[] = [],
): Promise<Telemetry> {
  startContext();
  // As specified, incoming context is propagated even if nothing is recorded.
  propagation.setGlobalPropagator(createPropagator(config?.baggageKeys ?? [], signupSources));
  const page = new MetricsPage(config?.disabled === false);
  if (config === undefined || config.disabled) return { page, shutdown: async () => undefined };
  const outage = new Outages(logger).of('otlp');
  diag.setLogger(rareWarnings(logger, outage), DiagLogLevel.WARN);

  // The last one wins: OTEL_RESOURCE_ATTRIBUTES over our own, OTEL_SERVICE_NAME over both.
  const resource = defaultResource().merge(
    resourceFromAttributes({
      ...resourceAttributes(app),
      ...config.attributes,
      ...(app.hasOwnName && { 'service.name': app.serviceName }),
    }),
  );
  const exporters =
    config.traces || config.metrics
      ? await (await import('./otlp-exporters.js')).createExporters(resource, config, page, outage)
      : undefined;
  trace.setGlobalTracerProvider(exporters?.tracerProvider ?? new PassThroughTracerProvider());

  const readers: MetricReader[] = [page.reader, exporters?.metricReader].filter(
    (reader) => reader !== undefined,
  );
  const meterProvider = new MeterProvider({
    resource,
    readers,
    views: [
      {
        instrumentType: InstrumentType.HISTOGRAM,
        aggregation: {
          type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
          options: { boundaries: DURATION_BUCKETS },
        },
        aggregationCardinalityLimit: SERIES_LIMIT,
      },
    ],
  });
  metrics.setGlobalMeterProvider(meterProvider);
  const watches = [
    watchRuntime(),
    watchProcess({ version: app.version, commit: app.buildId }),
    observeDatabase(page.statements, exporters?.tracerProvider !== undefined),
  ];
  if (exporters?.tracerProvider) traceRedis();
  return {
    page,
    shutdown: async () => {
      for (const end of watches) end();
      const flushed = Promise.allSettled([
        exporters?.tracerProvider?.shutdown(),
        meterProvider.shutdown(),
      ]);
      await Promise.race([flushed, delay(FLUSH_TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}

function resourceAttributes(app: ProcessConfig): Record<string, string> {
  return {
    'service.name': app.serviceName,
    'service.version': app.version,
    'deployment.environment': app.environment,
    'service.instance.id': app.podName ?? randomUUID(),
    ...(app.podName !== undefined && { 'k8s.pod.name': app.podName }),
    ...(app.podNamespace !== undefined && { 'k8s.namespace.name': app.podNamespace }),
    ...(app.nodeName !== undefined && { 'k8s.node.name': app.nodeName }),
  };
}

/** Errors of the SDK beside failed exports: once a minute. */
function rareWarnings(logger: Logger, outage: Outage) {
  const log = logger.child({ logger: 'telemetry' });
  const report = () => log.warn('OpenTelemetry reports a problem');
  const complain = throttle(WARNING_INTERVAL_MS, report);
  const warn = () => (outage.lasts ? undefined : complain());
  const ignore = () => undefined;
  return { error: warn, warn, info: ignore, debug: ignore, verbose: ignore };
}
