import { registerAs } from '@nestjs/config';
import { z } from 'zod';

import { area } from './area.js';
import { values } from './env.js';
import { flag, list, oneOf, timerMilliseconds } from './primitives.js';
import { receiverUrl } from './service-url.js';

const ratio = z
  .string()
  .regex(/^(0(\.\d+)?|1(\.0+)?)$/, { error: 'must be a number from 0 to 1' })
  .transform(Number)
  .describe('number, 0 to 1');

export const telemetryArea = area({
  title: 'Telemetry',
  variables: {
    OTEL_SDK_DISABLED: {
      schema: flag,
      fallback: 'false',
      about: '`true` switches traces and metrics off altogether.',
    },
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      schema: receiverUrl,
      secret: true,
      about: 'OTLP receiver for traces and metrics; unset: nothing is exported.',
    },
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
      schema: receiverUrl,
      secret: true,
      about: 'Full URL for traces, where it is another one.',
    },
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: {
      schema: receiverUrl,
      secret: true,
      about: 'Full URL for metrics, where it is another one.',
    },
    OTEL_EXPORTER_OTLP_PROTOCOL: {
      schema: oneOf(['grpc', 'http/protobuf', 'http/json']),
      fallback: 'http/protobuf',
      about: 'Protocol of the receiver.',
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
      schema: timerMilliseconds(1, 600_000),
      fallback: '5000',
      about: 'Milliseconds between two exports of spans.',
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
});

/** For commands that need none of it, whatever the environment says. */
export const telemetryOff = {
  disabled: false,
  endpoint: undefined,
  ownEndpoints: { traces: undefined, metrics: undefined },
  protocol: 'http/protobuf',
  sampler: 'always_off',
  samplerRatio: 0,
  spanDelayMs: 5000,
  pii: false,
  baggageKeys: [] as string[],
} as const;

export const telemetryConfig = registerAs('telemetry', () => {
  const env = values(telemetryArea);
  return {
    disabled: env.OTEL_SDK_DISABLED,
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    ownEndpoints: {
      traces: env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
      metrics: env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT,
    },
    protocol: env.OTEL_EXPORTER_OTLP_PROTOCOL,
    sampler: env.OTEL_TRACES_SAMPLER,
    samplerRatio: env.OTEL_TRACES_SAMPLER_ARG,
    spanDelayMs: env.OTEL_BSP_SCHEDULE_DELAY,
    pii: env.TELEMETRY_PII,
    baggageKeys: env.BAGGAGE_KEYS,
  };
});
