import {
  OpsPerSecond,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
  Short,
} from '@grafana/grafana-foundation-sdk/units';

import { CHOSEN, type Page, perSecond } from './panels.js';

const requests = (also?: string) => perSecond('http_requests_total', 'job', also);
const unavailable = requests(',status_code="503"');
const all = requests();
const notReady = requests(',endpoint="/ready",status_code="503"');
const probes = requests(',endpoint="/ready"');

/** The pool, and how requests fare when the database does not answer. */
export const database: Page = {
  uid: 'user-api-database',
  title: 'User API / Database',
  rows: {
    Pool: [
      {
        title: 'Connections',
        about: 'All processes together; the server must allow the sum of their limits.',
        unit: Short,
        queries: {
          '{{state}}': `sum by (state) (db_pool_connections{${CHOSEN},state!="waiting"})`,
          'at most': `sum(db_pool_connections_max{${CHOSEN}})`,
        },
      },
      {
        title: 'Use of the pool',
        about: 'Active connections of each process as a share of its limit.',
        unit: PercentUnit,
        queries: {
          '{{job}} {{instance}}': `db_pool_connections{${CHOSEN},state="active"} / on (namespace, job, instance) db_pool_connections_max{${CHOSEN}}`,
        },
      },
      {
        title: 'Waiting for a connection',
        about: 'Requests and jobs; anything but short spikes is saturation.',
        unit: Short,
        queries: { '{{job}} {{instance}}': `db_pool_connections{${CHOSEN},state="waiting"}` },
      },
    ],
    Statements: [
      {
        title: 'Statements',
        about:
          'By operation; one with a WITH counts as its first part that writes, or else its first.',
        unit: OpsPerSecond,
        queries: {
          '{{operation}}': perSecond('db_statement_duration_seconds_count', 'operation'),
        },
      },
      {
        title: 'Duration of statements, 99th percentile',
        about: 'From sending one to the end of its answer, without waiting for a connection.',
        unit: Seconds,
        queries: {
          '{{operation}}': `histogram_quantile(0.99, sum by (operation, le) (rate(db_statement_duration_seconds_bucket{${CHOSEN}}[$__rate_interval])))`,
        },
      },
    ],
    Consequences: [
      {
        title: 'Answers of 503',
        about: 'The database does not answer, or the service is overloaded.',
        unit: RequestsPerSecond,
        queries: { '{{job}}': `${unavailable} or 0 * ${all}` },
      },
      {
        title: 'Readiness probes refused',
        about: 'Share of 503: the database is away, migrations are pending, or processes drain.',
        unit: PercentUnit,
        queries: { '{{job}}': `(${notReady} or 0 * ${probes}) / ${probes}` },
      },
    ],
  },
};
