import { area } from '../config/area.js';
import { section } from '../config/section.js';
import { natsCredentials, natsServers } from '../config/urls/nats-servers.js';
import { oneOf, whole } from '../config/variable-primitives.js';

export const eventsArea = area({
  title: 'Events',
  variables: {
    EVENTS_URL: {
      schema: natsServers,
      secret: true,
      about:
        'NATS JetStream that events are published to, the same for all processes and commands; unset: none.',
    },
    EVENTS_CREDENTIALS: {
      schema: natsCredentials,
      secret: true,
      about: 'Credentials for NATS: the content of a `.creds` file.',
    },
    EVENTS_DATA: {
      schema: oneOf(['ids', 'profile']),
      fallback: 'ids',
      about:
        '`profile`: events hold the user as the API shows it; `ids`: only ids, names of fields and states.',
    },
    EVENTS_RETENTION_DAYS: {
      schema: whole(1, 30, 'days'),
      fallback: '7',
      about: 'How long events are kept for replay, and for destinations that are down.',
    },
  },
  rules: [
    {
      variable: 'EVENTS_CREDENTIALS',
      check: ({ EVENTS_CREDENTIALS, EVENTS_URL }) =>
        EVENTS_CREDENTIALS === undefined || EVENTS_URL !== undefined
          ? undefined
          : 'has no effect without EVENTS_URL',
    },
  ],
});

/** The name of the stream among the destinations. */
export const NATS = 'nats';

export const eventsConfig = section('events', eventsArea, (env) => ({
  nats: env.EVENTS_URL,
  credentials: env.EVENTS_CREDENTIALS,
  /** Destinations that the configuration names. */
  destinations: env.EVENTS_URL === undefined ? [] : [NATS],
  data: env.EVENTS_DATA,
  retentionDays: env.EVENTS_RETENTION_DAYS,
}));
