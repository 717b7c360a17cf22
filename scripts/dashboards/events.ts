import { Seconds, Short } from '@grafana/grafana-foundation-sdk/units';

import { type Page, perSecond, storedBy } from './panels.js';

const stored = storedBy('destination');

/** Events on their way to destinations. */
export const events: Page = {
  uid: 'user-api-events',
  title: 'User API / Events',
  rows: {
    Outbox: [
      stored(
        'Waiting',
        'Events that a destination has not taken yet, counted to 100,000.',
        Short,
        'events_outbox_depth',
      ),
      stored(
        'Oldest waiting event',
        'Well below a second when all is well.',
        Seconds,
        'events_outbox_lag_seconds',
      ),
      {
        title: 'Relayed',
        about: 'Per second, by result; failed ones are offered again.',
        unit: Short,
        queries: {
          '{{destination}} {{result}}': perSecond('events_relayed_total', 'destination, result'),
        },
      },
    ],
  },
};
