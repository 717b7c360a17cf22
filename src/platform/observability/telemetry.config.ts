import { z } from 'zod';

import { area } from '../config/area.js';
import { section } from '../config/section.js';
import { keyValues } from '../config/key-values.js';
import { exportingOf, generalVariables, signalVariables } from './otlp.config.js';
import { flag, list, oneOf, timerMilliseconds, whole } from '../config/variable-primitives.js';

const ratio = z
  .string()
  .regex(/^(0(\.\d+)?|1(\.0+)?)$/, { error: 'must be a number from 0 to 1' })
  .transform(Number)
  .describe('number, 0 to 1');

/** Exporters of a signal: by OTLP or not at all. */
const exporter = oneOf(['otlp', 'none']);

/** `prometheus` is `/metrics`, which is there in any case. */
const metricsExporters = list()
  .transform((names) => names.map((name) => name.toLowerCase()))
  .refine(
    (names) =>
      names.every((name) => ['otlp', 'prometheus', 'none'].includes(name)) &&
      (names.length === 1 || !names.includes('none')),
    { error: 'must be none, or a comma list of otlp and prometheus' },
  )
  .transform((names) => (names.includes('otlp') ? ('otlp' as const) : ('none' as const)))
  .describe('`none`, or comma list of `otlp`, `prometheus`');

/**
 * OpenTelemetry's variables that would have no effect here. Kubernetes makes others that begin with
 * `OTEL_` for services of that name, so that only known ones are refused.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
const unsupported = [
  'OTEL_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'OTEL_BLRP_EXPORT_TIMEOUT',
  'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE',
  'OTEL_BLRP_MAX_QUEUE_SIZE',
  'OTEL_BLRP_SCHEDULE_DELAY',
  'OTEL_CONFIG_FILE',
  'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_EXPERIMENTAL_CONFIG_FILE',
  'OTEL_EXPORTER_OTLP_INSECURE',
  'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
  'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION',
  'OTEL_EXPORTER_OTLP_METRICS_INSECURE',
  'OTEL_EXPORTER_OTLP_SPAN_INSECURE',
  'OTEL_EXPORTER_OTLP_TRACES_INSECURE',
  'OTEL_EXPORTER_PROMETHEUS_HOST',
  'OTEL_EXPORTER_PROMETHEUS_PORT',
  'OTEL_EXPORTER_ZIPKIN_ENDPOINT',
  'OTEL_EXPORTER_ZIPKIN_TIMEOUT',
  'OTEL_LINK_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'OTEL_LOG_LEVEL',
  'OTEL_METRICS_EXEMPLAR_FILTER',
  'OTEL_PROPAGATORS',
  'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'OTEL_SPAN_EVENT_COUNT_LIMIT',
  'OTEL_SPAN_LINK_COUNT_LIMIT',
] as const;

export const telemetryArea = area({
  title: 'Telemetry',
  variables: {
    OTEL_SDK_DISABLED: {
      schema: flag,
      fallback: 'false',
      about: '`true` switches traces and metrics off altogether; `/metrics` is empty then.',
    },
    OTEL_RESOURCE_ATTRIBUTES: {
      schema: keyValues(() => true, 'comma list of `key=value`'),
      about: 'Attributes of the resource, over those that are there anyway.',
    },
    OTEL_TRACES_EXPORTER: {
      schema: exporter,
      fallbackText: '`otlp` where an endpoint is set',
      about: 'Whether traces are exported.',
    },
    OTEL_METRICS_EXPORTER: {
      schema: metricsExporters,
      fallbackText: '`otlp` where an endpoint is set',
      about:
        'Whether metrics are exported; `prometheus` is `/metrics`, which is there in any case.',
    },
    OTEL_LOGS_EXPORTER: {
      schema: oneOf(['none']),
      fallback: 'none',
      about: 'Logs go to standard output.',
    },
    ...generalVariables,
    ...signalVariables('TRACES'),
    ...signalVariables('METRICS'),
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: {
      schema: oneOf(['cumulative', 'delta', 'lowmemory']),
      fallback: 'cumulative',
      about: 'Whether counts are exported since the start or since the last export.',
    },
    OTEL_METRIC_EXPORT_INTERVAL: {
      schema: timerMilliseconds(1),
      fallback: '30000',
      about: 'Milliseconds between two exports of metrics.',
    },
    OTEL_METRIC_EXPORT_TIMEOUT: {
      schema: timerMilliseconds(1),
      fallback: '30000',
      about: 'Longest export of metrics in milliseconds; never longer than the interval.',
    },
    OTEL_TRACES_SAMPLER: {
      schema: oneOf([
        'always_on',
        'always_off',
        'traceidratio',
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
      ]),
      fallback: 'parentbased_always_on',
      about: 'Which traces are recorded.',
    },
    OTEL_TRACES_SAMPLER_ARG: {
      schema: ratio,
      fallback: '1',
      about: 'Share of traces that the ratio samplers record.',
    },
    OTEL_BSP_SCHEDULE_DELAY: {
      schema: timerMilliseconds(1),
      fallback: '5000',
      about: 'Milliseconds between two exports of spans.',
    },
    OTEL_BSP_EXPORT_TIMEOUT: {
      schema: timerMilliseconds(1),
      fallback: '30000',
      about: 'Longest export of spans, in milliseconds.',
    },
    OTEL_BSP_MAX_QUEUE_SIZE: {
      schema: whole(1, 1_000_000),
      fallback: '2048',
      about: 'Most spans that wait for their export; more are dropped.',
    },
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: {
      schema: whole(1, 1_000_000),
      fallback: '512',
      about: 'Most spans of one export; at most `OTEL_BSP_MAX_QUEUE_SIZE`.',
    },
    TELEMETRY_PII: {
      schema: flag,
      fallback: 'false',
      about: '`true` puts raw e-mail addresses on spans; otherwise masked there and in logs.',
    },
    BAGGAGE_KEYS: {
      schema: list(),
      fallback: 'user.signup_source',
      about: 'Baggage keys that are accepted, logged and passed on.',
    },
  },
  unsupported,
});

export const telemetryConfig = section('telemetry', telemetryArea, (env) => ({
  disabled: env.OTEL_SDK_DISABLED,
  attributes: env.OTEL_RESOURCE_ATTRIBUTES ?? {},
  traces: exportingOf(env, 'TRACES', env.OTEL_TRACES_EXPORTER),
  metrics: exportingOf(env, 'METRICS', env.OTEL_METRICS_EXPORTER),
  temporality: env.OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE,
  metricIntervalMs: env.OTEL_METRIC_EXPORT_INTERVAL,
  metricTimeoutMs: Math.min(env.OTEL_METRIC_EXPORT_TIMEOUT, env.OTEL_METRIC_EXPORT_INTERVAL),
  sampler: env.OTEL_TRACES_SAMPLER,
  samplerRatio: env.OTEL_TRACES_SAMPLER_ARG,
  spans: {
    delayMs: env.OTEL_BSP_SCHEDULE_DELAY,
    timeoutMs: env.OTEL_BSP_EXPORT_TIMEOUT,
    queue: env.OTEL_BSP_MAX_QUEUE_SIZE,
    batch: Math.min(env.OTEL_BSP_MAX_EXPORT_BATCH_SIZE, env.OTEL_BSP_MAX_QUEUE_SIZE),
  },
  pii: env.TELEMETRY_PII,
  baggageKeys: env.BAGGAGE_KEYS,
}));
