import { Seconds, Short } from '@grafana/grafana-foundation-sdk/units';

import { CHOSEN, graphsBy, type Page } from './panels.js';

/** All processes read these from one database: the largest is the figure, not the sum. */
const stored = graphsBy((metric) => ({
  '{{destination}}': `max by (namespace, destination) (${metric}{${CHOSEN}})`,
}));

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
          '{{destination}} {{result}}': `sum by (destination, result) (rate(events_relayed_total{${CHOSEN}}[$__rate_interval]))`,
        },
      },
    ],
  },
};
