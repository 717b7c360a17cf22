import { PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';

import { CHOSEN, type Page, perSecond } from './panels.js';

const pending = (metric: string) => `max by (namespace) (${metric}{${CHOSEN}})`;

/** Calls of other services, and what became of charges. */
export const dependencies: Page = {
  uid: 'user-api-dependencies',
  title: 'User API / Dependencies',
  rows: {
    Readiness: [
      {
        title: 'Checks of /ready',
        about: 'Share of the processes in which each check passes.',
        unit: PercentUnit,
        queries: { '{{check}}': `avg by (check) (readiness_check{${CHOSEN}})` },
      },
    ],
    'Calls out': [
      {
        title: 'Calls by result',
        about:
          'Calls per second, retries not counted. Refused ones ended as circuit_open or bulkhead_full.',
        unit: Short,
        queries: { '{{name}} {{result}}': perSecond('dependency_calls_total', 'name, result') },
      },
      {
        title: 'Retries',
        about: 'Failed calls that could be repeated at once: they were, or the budget was spent.',
        unit: Short,
        queries: { '{{name}} {{result}}': perSecond('dependency_retries_total', 'name, result') },
      },
      {
        title: 'Slots in use',
        about: 'Calls under way and waiting, by dependency. All slots taken: it is slow, or hangs.',
        unit: Short,
        queries: {
          '{{name}} active': `sum by (name) (bulkhead_active{${CHOSEN}})`,
          '{{name}} queued': `sum by (name) (bulkhead_queued{${CHOSEN}})`,
          '{{name}} slots': `sum by (name) (bulkhead_slots{${CHOSEN}})`,
        },
      },
    ],
    Payments: [
      {
        title: 'Charges by outcome',
        about: 'Times per second a charge was asked for. Unknown ones are asked for again.',
        unit: Short,
        queries: { '{{result}}': perSecond('payment_charges_total', 'result') },
      },
      {
        title: 'Charges in doubt',
        about: 'Tier changes that wait for the payment service to say what became of their charge.',
        unit: Short,
        queries: { pending: pending('payments_pending') },
      },
      {
        title: 'Oldest charge in doubt',
        about: 'Above a quarter of an hour somebody should look.',
        unit: Seconds,
        queries: { age: pending('payments_oldest_pending_seconds') },
      },
    ],
    Webhooks: [
      {
        title: 'Deliveries by result',
        about: 'Attempts per second. Failed ones are tried again, dead ones are given up.',
        unit: Short,
        queries: { '{{result}}': perSecond('webhook_deliveries_total', 'result') },
      },
      {
        title: 'Oldest undelivered event',
        about: 'Of all active webhooks. Above a quarter of an hour somebody should look.',
        unit: Seconds,
        queries: { age: pending('webhook_delivery_lag_seconds') },
      },
      {
        title: 'Receivers that fail',
        about: 'Webhooks with an open breaker: one trial every five seconds.',
        unit: Short,
        queries: {
          '{{name}}': `max by (name) (circuit_breaker_state{${CHOSEN},name=~"webhook_.*"})`,
        },
      },
    ],
  },
};
