import { defineFeature } from '../declarations/feature.js';
import { telemetryConfig } from './telemetry.config.js';

export const observability = defineFeature({
  name: 'observability',
  about: 'Logs, metrics and traces.',
  config: [telemetryConfig],
  logFields: {
    logger: 'Name of the part that speaks',
    exception: 'Error with stack and causes; database messages are reduced to their codes',
    method: 'HTTP method',
    endpoint: 'Route template, `unknown` where none matched',
    status_code: 'HTTP status of the answer',
    duration_ms: 'Milliseconds from the first byte of the request to the end of the answer',
    user_id: 'User the request or event is about',
    error_code: 'Problem code of a refused request',
    dependency: '`database`, `redis`, `email`, `payment`, `breach`, `otlp`, `nats` or `oidc_<id>`',
    state: 'State something has moved to',
    count: 'How many; of an outage, the uses that failed so far',
    reason: 'Why, one of a fixed set of words',
  },
});
