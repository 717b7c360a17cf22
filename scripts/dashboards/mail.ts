import { PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';

import { CHOSEN, type Page, perSecond } from './panels.js';

const deliveries = (by: string, also?: string) => perSecond('emails_total', by, also);
const queue = (metric: string) => `max by (namespace) (${metric}{${CHOSEN},queue="email"})`;

/** Mails from the queue to the mail service. */
export const mail: Page = {
  uid: 'user-api-mail',
  title: 'User API / Mail',
  rows: {
    Deliveries: [
      {
        title: 'Deliveries by template',
        about: 'Attempts per second.',
        unit: Short,
        queries: { '{{template}}': deliveries('template') },
      },
      {
        title: 'Deliveries by result',
        about: 'Failed ones are tried again; dead ones wait for `jobs retry`.',
        unit: Short,
        queries: { '{{result}}': deliveries('result') },
      },
      {
        title: 'Failed deliveries',
        about: 'Share of all attempts.',
        unit: PercentUnit,
        queries: {
          '{{template}}': `(${deliveries('template', ',result!="sent"')} or 0 * ${deliveries('template')}) / ${deliveries('template')}`,
        },
      },
    ],
    'Queue and mail service': [
      {
        title: 'Mails waiting',
        about: 'Waiting and being sent, and those given up.',
        unit: Short,
        queries: {
          waiting: queue('job_queue_depth'),
          'in progress': queue('job_queue_active'),
          dead: queue('job_dead_letters'),
        },
      },
      {
        title: 'Oldest mail that could leave',
        about: 'How late mails are.',
        unit: Seconds,
        queries: { age: queue('job_oldest_ready_seconds') },
      },
      {
        title: 'Circuit breakers',
        about: '0 closed, 1 half-open, 2 open: nothing is sent until a trial succeeds.',
        unit: Short,
        queries: { '{{name}} {{instance}}': `circuit_breaker_state{${CHOSEN}}` },
      },
    ],
  },
};
