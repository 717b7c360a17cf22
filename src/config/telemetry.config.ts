import { registerAs } from '@nestjs/config';

import { area } from './area.js';
import { values } from './env.js';
import { flag, list, oneOf, text, url } from './primitives.js';

export const telemetryArea = area({
  title: 'Telemetry',
  variables: {
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      schema: url('http', 'https'),
      secret: true,
      about: 'OTLP receiver for traces and metrics; unset: nothing is exported.',
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
    OTEL_TRACES_SAMPLER_ARG: { schema: text(100), about: 'Ratio for the ratio samplers, 0 to 1.' },
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

export const telemetryConfig = registerAs('telemetry', () => {
  const env = values(telemetryArea);
  return { pii: env.TELEMETRY_PII, baggageKeys: env.BAGGAGE_KEYS };
});
