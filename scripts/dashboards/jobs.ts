import { PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';

import { CHOSEN, type Page, perSecond, storedBy } from './panels.js';

const stored = storedBy('queue');
const attempts = (by: string, also?: string) => perSecond('jobs_total', by, also);

/** Queues and their processing. */
export const jobs: Page = {
  uid: 'user-api-jobs',
  title: 'User API / Jobs',
  rows: {
    Queues: [
      stored('Waiting', 'Jobs that wait for their (next) attempt.', Short, 'job_queue_depth'),
      stored('In progress', 'Jobs being done.', Short, 'job_queue_active'),
      stored(
        'Oldest ready job',
        'How long the oldest job that could run has waited; near zero when all is well.',
        Seconds,
        'job_oldest_ready_seconds',
      ),
    ],
    'Clean-up': [
      {
        title: 'Since the last clean-up',
        about: 'It runs daily; alerts come after a day and a half.',
        unit: Seconds,
        queries: {
          '{{namespace}}': `time() - max by (namespace) (cleanup_last_success_timestamp_seconds{${CHOSEN}})`,
        },
      },
    ],
    Attempts: [
      {
        title: 'Attempts',
        about: 'Per second, by result; failed ones are tried again, dead ones are not.',
        unit: Short,
        queries: { '{{queue}} {{result}}': attempts('queue, result') },
      },
      {
        title: 'Failed attempts',
        about: 'Share of all attempts.',
        unit: PercentUnit,
        queries: {
          '{{queue}}': `(${attempts('queue', ',result!="completed"')} or 0 * ${attempts('queue')}) / ${attempts('queue')}`,
        },
      },
      stored(
        'Dead letters',
        'Jobs given up and kept: `jobs retry` or `jobs purge`.',
        Short,
        'job_dead_letters',
      ),
    ],
  },
};
