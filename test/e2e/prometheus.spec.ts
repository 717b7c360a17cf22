import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { alerts, DASHBOARDS, recordings, RULES, RULE_TESTS } from '../support/alert-rules.js';
import { describeWithPrometheus } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type PaymentServer, startPaymentServer } from '../support/payment-service.js';
import { type Prometheus, promtool, startPrometheus } from '../support/prometheus.js';
import { API_KEY } from '../support/caller.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { createWebhook, LOOPBACK } from '../support/webhooks.js';

const JOB = 'user-api';
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

/** What Grafana puts in for its variables, everything chosen. */
const variables: Readonly<Record<string, string>> = {
  $__rate_interval: '1m',
  $namespace: '.*',
  $job: '.*',
  $instance: '.*',
};

/** Labels whose values depend on what clients do; a quiet service has none of the bad ones. */
const TRAFFIC = /\b(status_code|result|method|endpoint)(?:=~|!~|!=|=)"[^"]*"/g;

interface DashboardFile {
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}

const panels = readdirSync(DASHBOARDS).flatMap((file) => {
  const dashboard = JSON.parse(readFileSync(join(DASHBOARDS, file), 'utf8')) as DashboardFile;
  return dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({
      panel: `${file}: ${title}`,
      expression: expr.replaceAll(/\$\w+/g, (name) => variables[name] ?? name),
    })),
  );
});

/** What a single process of the API cannot show: the cluster and workers. */
const ELSEWHERE = /^(kube_|up\{job="user-api-worker"\})/;

const selectors = new Set(
  [...alerts, ...recordings].flatMap(({ expr }) =>
    [...expr.matchAll(/[a-zA-Z_:][\w:]*\{[^}]*\}/g)].map(([selector]) =>
      selector.replaceAll(TRAFFIC, '$1!=""'),
    ),
  ),
);

describe('alert rules', () => {
  it('name a severity, a summary and a page', () => {
    for (const { labels, annotations } of alerts) {
      expect(['critical', 'warning']).toContain(labels['severity']);
      expect(annotations['summary']).toMatch(/\S/);
      expect(annotations['runbook_url']).toMatch(/^https:.*\/docs\/runbook\.md#/);
    }
  });
});

describeWithPrometheus('promtool', () => {
  it('accepts the rules, and each alert fires and stays silent as expected', async () => {
    expect(await promtool(['check', 'rules', RULES])).toMatchObject({ code: 0 });
    const { code, output } = await promtool(['test', 'rules', ...RULE_TESTS]);
    expect(`${code} ${output}`).toMatch(/^0 /);
  }, 180_000);
});

describeWithPrometheus('a Prometheus that scrapes the service', () => {
  let mail: MailService;
  let payment: PaymentServer;
  let service: Api;
  let prometheus: Prometheus;
  let webhooks: WebhookReceiver;

  beforeAll(async () => {
    [mail, payment, webhooks] = await Promise.all([
      startMailService(),
      startPaymentServer(),
      startReceiver(),
    ]);
    service = await testApi().withMails(mail).withPayments(payment).with(LOOPBACK).start();
    await service.database.query(`INSERT INTO maintenance VALUES ('cleanup', now())`);
    await createWebhook(service, webhooks.url);
    prometheus = await startPrometheus({ [JOB]: new URL(service.url).host }, RULES);
    // Rates need figures that rise from one scrape to another.
    for (let round = 0; round < 3; round += 1) {
      await load(round);
      await prometheus.scrape(JOB);
    }
  });

  afterAll(async () => {
    await prometheus?.stop();
    await service?.stop();
    await Promise.all([mail?.stop(), payment?.close(), webhooks?.stop()]);
  });

  /** A little of everything, good and bad. */
  async function load(round: number): Promise<void> {
    const headers = { 'x-api-key': API_KEY };
    for (const [tier, source] of [['free', 'web'], ['pro', 'mobile'], ['enterprise']]) {
      const { status, body } = await service.post(
        '/users',
        {
          email: `${tier}-${round}@example.com`,
          name: 'Ann Example',
          password: 'violet-harbour-drifts-41',
          tier,
          source,
        },
        headers,
      );
      expect(status).toBe(201);
      expect((await service.get(`/users/${String(body['id'])}`, headers)).status).toBe(200);
      const paid = { method: 'POST', headers, body: { tier: 'pro' } };
      const upgrade = await service.request(`/users/${String(body['id'])}/tier`, paid);
      expect(upgrade.status).toBe(200);
    }
    const expected: Readonly<Record<string, number>> = {
      '/users?limit=5': 200,
      '/users/nobody': 400,
      '/nowhere': 404,
      '/health': 200,
      '/ready': 200,
    };
    for (const [path, status] of Object.entries(expected)) {
      expect((await service.get(path, headers)).status).toBe(status);
    }
    await service.get('/openapi.json', { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` });
    await waitFor('the mails to leave', () => mail.deliveries.length === (round + 1) * 3);
  }

  /** Waits until the query has a figure, because rules are evaluated after scrapes. */
  const figure = async (expression: string) =>
    waitFor(`a figure for ${expression}`, async () =>
      (await prometheus.query(expression)).find(({ value }) => Number.isFinite(value)),
    );

  it('accepts the metrics in promtool', async () => {
    const { text } = await service.get('/metrics');
    expect(await promtool(['check', 'metrics'], text)).toEqual({ code: 0, output: '' });
  });

  it.each(recordings.map(({ record, labels = {} }) => ({ record, slo: labels['slo'] ?? '' })))(
    'records $record $slo',
    async ({ record, slo }) => {
      expect(await figure(slo === '' ? record : `${record}{slo="${slo}"}`)).toBeDefined();
    },
  );

  it.each([...selectors].filter((selector) => !ELSEWHERE.test(selector)))(
    'knows what rules look at: %s',
    async (selector) => {
      expect(await figure(`count(${selector})`)).toBeDefined();
    },
  );

  it.each(alerts)('can evaluate $alert', async ({ expr }) => {
    expect(Array.isArray(await prometheus.query(expr))).toBe(true);
  });

  it('has no active alert for a healthy service', async () => {
    expect(await prometheus.firingAlerts()).toEqual([]);
  });

  it.each(panels)('draws $panel', async ({ expression }) => {
    expect(await figure(expression)).toBeDefined();
  });

  it('keeps exemplars that lead to a trace', async () => {
    const found = await waitFor('an exemplar', async () => {
      const series = await prometheus.exemplars('http_request_duration_seconds_bucket');
      return series.find(({ exemplars }) =>
        exemplars.some(({ labels }) => labels['trace_id'] === TRACE_ID),
      );
    });
    expect(found.seriesLabels['endpoint']).toBe('/openapi.json');
  });
});
