import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { alerts, ROOT, testedAlerts } from '../support/alert-rules.js';
import { freePort } from '../support/free-port.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import {
  type OtlpReceiver,
  type ReceivedSpan,
  startOtlpReceiver,
} from '../support/otlp-receiver.js';
import { API_KEY } from '../support/caller.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { createWebhook, LOOPBACK } from '../support/webhooks.js';

const page = readFileSync(join(ROOT, 'docs', 'observability.md'), 'utf8');
const runbook = readFileSync(join(ROOT, 'docs', 'runbook.md'), 'utf8');

/** Cells of the table that follows a line of the page, without its head. */
function table(after: string): string[][] {
  const start = page.indexOf(`\n${after}\n`);
  if (start < 0) throw new Error(`docs/observability.md has no ${after}`);
  const [, found = ''] = /^\| ?-+.*\n((?:\|.*\n)+)/m.exec(page.slice(start)) ?? [];
  return found
    .trimEnd()
    .split('\n')
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** Names in code marks. */
function names(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');
}

/** `name type label,label` of each metric of an exposition. */
function exposed(text: string): string[] {
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return types.map(([, name = '', type]) => {
    const sample = new RegExp(`^${name}(?:_bucket|_sum|_count)?\\{(.*)\\} `, 'm').exec(text)?.[1];
    const labels = [...(sample ?? '').matchAll(/(\w+)="/g)].map(([, label]) => label);
    return `${name} ${type} ${labels.filter((label) => label !== 'le').join(',')}`;
  });
}

const spanRows = table('## Spans').map(([name = '', kind, attributes]) => ({
  name: names(name)[0] ?? '',
  kind,
  attributes: new Set(names(attributes)),
}));

/** A pattern for a name with angle brackets; those in capitals stand for methods and commands. */
function matcher(name: string): RegExp {
  const source = name
    .replaceAll('.', '\\.')
    .replaceAll(/<[A-Z]+>/g, '[A-Z]+')
    .replaceAll(/<[a-z]+>/g, '\\S+');
  return new RegExp(`^${source}$`);
}

const describes = (row: (typeof spanRows)[number], span: ReceivedSpan) =>
  row.kind === span.kind &&
  matcher(row.name).test(span.name) &&
  Object.keys(span.attributes).every((key) => row.attributes.has(key));

describe('docs/observability.md', () => {
  let mail: MailService;
  let receiver: OtlpReceiver;
  let service: Api;
  let webhooks: WebhookReceiver;

  beforeAll(async () => {
    [mail, receiver, webhooks] = await Promise.all([
      startMailService(),
      startOtlpReceiver(),
      startReceiver(),
    ]);
    service = await testApi()
      .withMails(mail)
      .with({
        ...LOOPBACK,
        // Nobody listens there: the charge is tried, tried again and given up.
        PAYMENT_SERVICE_URL: `http://127.0.0.1:${await freePort()}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_BSP_SCHEDULE_DELAY: '50',
      })
      .listen();
    await service.database.query(`INSERT INTO maintenance VALUES ('cleanup', now())`);
    await createWebhook(service, webhooks.url);
    const create = (body: unknown) => service.post('/users', body);
    const user = {
      email: 'ann@example.com',
      name: 'Ann Example',
      password: 'violet-harbour-drifts-41',
      source: 'web',
    };
    const created = await service.post<{ id: string }>('/users', user);
    expect(created.status).toBe(201);
    const upgraded = await service.post(
      `/users/${created.body.id}/tier`,
      { tier: 'pro' },
      { 'x-api-key': API_KEY },
    );
    expect(upgraded.status).toBe(503);
    expect((await create(user)).status).toBe(409);
    expect((await create({ name: '' })).status).toBe(400);
    expect((await service.get('/nowhere')).status).toBe(404);
    const list = await service.get('/users', { 'x-api-key': API_KEY });
    expect(list.status).toBe(200);
    // Requests of one moment share statements; which those are is up to the machine.
    const shared = async (name: string, ask: () => Promise<unknown>) =>
      waitFor(name, async () => {
        await Promise.all(Array.from({ length: 20 }, ask));
        return receiver.spans.some((span) => span.name === name);
      });
    const path = `/users/${created.body.id}`;
    await shared('shared read', () => service.get(path, { 'x-api-key': API_KEY }));
    await shared('shared commit', () =>
      create({ name: 'Ben', email: `${randomUUID()}@example.com` }),
    );
    await waitFor('the mail to be logged', () =>
      service.logs.some(({ message }) => message === 'mail sent'),
    );
    await waitFor('the spans of the mail to be exported', () =>
      receiver.spans.some(({ name }) => name === 'email process'),
    );
    await waitFor('the span of a webhook to be exported', () =>
      receiver.spans.some(({ name }) => name === 'webhook deliver'),
    );
  });

  afterAll(async () => {
    await service?.stop();
    await Promise.all([receiver?.stop(), mail?.stop(), webhooks?.stop()]);
  });

  it('has every metric with its type and labels, and no other', async () => {
    const documented = table('## Metrics').map(
      ([name, type, labels]) => `${names(name)[0]} ${type} ${names(labels).join(',')}`,
    );
    // Job figures are left out where the database takes its time.
    await waitFor('all metrics', async () => {
      const { text } = await service.get('/metrics');
      expect(exposed(text).toSorted()).toEqual(documented.toSorted());
      return true;
    });
  });

  it('has every span with its attributes', () => {
    const unknown = receiver.spans
      .filter((span) => !spanRows.some((row) => describes(row, span)))
      .map(({ name, kind, attributes }) => ({ name, kind, attributes: Object.keys(attributes) }));
    expect(unknown).toEqual([]);
  });

  // Redis is not needed to serve, and not started here.
  it.each(spanRows.filter(({ name }) => name !== '<COMMAND>'))(
    'has a span that exists: $kind $name',
    (row) => {
      expect(receiver.spans.some((span) => describes(row, span))).toBe(true);
    },
  );

  it('lists the log keys that real processes write', () => {
    const always = table('On every line:').map(([key]) => names(key)[0] ?? '');
    const sometimes = table('Where they apply:').map(([key]) => names(key)[0] ?? '');
    const events = table('Fields of events:').map(([key]) => names(key)[0] ?? '');
    const known = new Set([...always, ...sometimes, ...events]);
    for (const line of service.logs) {
      const keys = Object.keys(line);
      expect(keys).toEqual(expect.arrayContaining(always));
      const unknown = keys.filter((key) => !known.has(key.replace(/^baggage_.*/, 'baggage_<key>')));
      expect(unknown).toEqual([]);
    }
  });
});

describe('docs/runbook.md', () => {
  it('has an entry for every alert at the URL of its annotation, and no other entry', () => {
    const entries = [...runbook.matchAll(/^### (UserApi\w+)$/gm)].map(([, name = '']) => name);
    expect(entries.toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted());
    for (const { alert, annotations } of alerts) {
      const { href, hash } = new URL(annotations['runbook_url'] ?? '');
      expect(href).toMatch(/^https:.*\/docs\/runbook\.md#/);
      expect(hash).toBe(`#${alert.toLowerCase()}`);
    }
  });

  it('lists only tested alerts', () => {
    expect([...new Set(testedAlerts)].toSorted()).toEqual(
      alerts.map(({ alert }) => alert).toSorted(),
    );
  });
});
