import {
  PercentUnit,
  RequestsPerSecond,
  Seconds,
  Short,
} from '@grafana/grafana-foundation-sdk/units';

import { CHOSEN, CHOSEN_SERVICE, type Page, perSecond } from './panels.js';

const requests = (by: string, also?: string) => perSecond('http_requests_total', by, also);
const failures = (by: string) => requests(by, ',status_code=~"5.."');
const quantile = (q: number, by = '') =>
  `histogram_quantile(${q}, sum by (le${by}) (rate(http_request_duration_seconds_bucket{${CHOSEN}}[$__rate_interval])))`;
/** How many times faster than allowed the error budget is spent; 1 lasts exactly 30 days. */
const burnRate = (window: string) => ({
  [`{{slo}}, ${window}`]: `job_slo:errors:ratio_rate${window}{${CHOSEN_SERVICE},slo="availability"} / 0.001 or job_slo:errors:ratio_rate${window}{${CHOSEN_SERVICE},slo=~"latency.*"} / 0.01`,
});

/** Requests by route: rate, errors, duration; and the objectives they are held to. */
export const http: Page = {
  uid: 'user-api-http',
  title: 'User API / HTTP',
  rows: {
    Objectives: [
      {
        title: 'Burn rate over an hour',
        about: 'Times faster than the budget allows; pages from 14.4 on.',
        unit: Short,
        queries: burnRate('1h'),
      },
      {
        title: 'Burn rate over six hours',
        about: 'Times faster than the budget allows; pages from 6 on.',
        unit: Short,
        queries: burnRate('6h'),
      },
      {
        title: 'Burn rate over three days',
        about: 'Times faster than the budget allows; a ticket from 1 on.',
        unit: Short,
        queries: burnRate('3d'),
      },
    ],
    Tokens: [
      {
        title: 'Access tokens refused',
        about: 'Per second, by what is wrong with them; signatures point to secrets that differ.',
        unit: RequestsPerSecond,
        queries: {
          '{{reason}}': perSecond('tokens_refused_total', 'reason'),
        },
      },
    ],
    Routes: [
      {
        title: 'Rate by route',
        about: 'Requests answered per second.',
        unit: RequestsPerSecond,
        queries: { '{{method}} {{endpoint}}': requests('method, endpoint') },
      },
      {
        title: 'Errors by route',
        about: 'Share of requests answered with 5xx.',
        unit: PercentUnit,
        queries: {
          '{{method}} {{endpoint}}': `(${failures('method, endpoint')} or 0 * ${requests('method, endpoint')}) / ${requests('method, endpoint')}`,
        },
      },
      {
        title: 'Duration by route, p95',
        about: 'Points are single requests; each leads to its trace.',
        unit: Seconds,
        queries: { '{{method}} {{endpoint}}': quantile(0.95, ', method, endpoint') },
        exemplars: true,
      },
    ],
    'All routes': [
      {
        title: 'Rate by status',
        about: 'A rise of 4xx is the clients, or an attack; 429 and 503 are load.',
        unit: RequestsPerSecond,
        queries: { '{{status_code}}': requests('status_code') },
      },
      {
        title: 'Duration',
        about: 'Of all requests, probes included.',
        unit: Seconds,
        queries: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) },
        exemplars: true,
      },
      {
        title: 'Requests in flight',
        about: 'Rises when answers get slower than requests come.',
        unit: Short,
        queries: { '{{job}} {{instance}}': `active_connections{${CHOSEN}}` },
      },
    ],
    Business: [
      {
        title: 'Users created by source',
        about: 'Per second; sources that are not configured count as other.',
        unit: Short,
        queries: {
          '{{signup_source}}': perSecond('users_created_total', 'signup_source'),
        },
      },
      {
        title: 'Users created by tier',
        about: 'Per second.',
        unit: Short,
        queries: {
          '{{user_tier}}': perSecond('users_created_total', 'user_tier'),
        },
      },
    ],
  },
};
