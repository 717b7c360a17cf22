import { request as httpRequest } from 'node:http';

import { API_KEY, request, type RequestOptions } from '../support/caller.js';
import { expectProblem, UUID } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { startMailService, type MailService } from '../support/mail-service.js';
import { startUnwellReceiver } from '../support/otlp-receiver.js';
import { seededRandom } from '../support/seeded-random.js';
import { waitFor } from '../support/wait-for.js';

/** A label that follows what clients send would have a series for most of them. */
const REQUESTS = 3000;
/** Stated in docs/observability.md. */
const SERIES_BOUND = 2000;

describe('metrics', () => {
  let mail: MailService;
  let service: Api;

  beforeAll(async () => {
    mail = await startMailService();
    service = await testApi().withMails(mail).listen();
  });

  afterAll(async () => {
    await service?.stop();
    await mail?.stop();
  });

  const scrape = async (accept = 'text/plain') => (await service.get('/metrics', { accept })).text;

  it('stay within the documented number of series whatever clients send', async () => {
    const random = seededRandom(20_261_122);
    const word = () => Math.floor(random.between(0, 1e9)).toString(36);
    const methods = [
      'GET',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'HEAD',
      'PROPFIND',
      'PURGE',
      'M-SEARCH',
    ];
    const { port } = new URL(service.url);
    const send = () =>
      new Promise<void>((resolve) => {
        const creation = random.chance(0.05);
        const body = creation
          ? JSON.stringify({
              email: `${word()}@example.com`,
              name: 'A',
              source: word(),
              tier: random.pick(['free', 'pro', word()]),
            })
          : undefined;
        const outgoing = httpRequest(
          {
            port,
            host: '127.0.0.1',
            method: creation ? 'POST' : random.pick(methods),
            path: creation
              ? '/users'
              : `/${random.pick(['users', 'health', word()])}/${word()}?${word()}=${word()}`,
            headers: {
              'x-api-key': API_KEY,
              ...(body !== undefined && { 'content-type': 'application/json' }),
            },
          },
          (response) => response.resume().on('end', resolve),
        );
        outgoing.on('error', () => resolve()).end(body);
      });
    let left = REQUESTS;
    const client = async () => {
      while (left-- > 0) await send();
    };
    await Promise.all(Array.from({ length: 16 }, client));
    const lines = (await scrape())
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    process.stdout.write(`series after ${REQUESTS} random requests: ${lines.length}\n`);
    expect(lines.length).toBeLessThan(SERIES_BOUND);
    const endpoints = new Set(lines.flatMap((line) => /endpoint="([^"]*)"/.exec(line)?.[1] ?? []));
    expect([...endpoints].toSorted()).toEqual(
      expect.arrayContaining(['/users', '/users/:id', 'unknown']) as unknown,
    );
    for (const endpoint of endpoints) expect(endpoint).toMatch(/^(\/[a-z:/.-]*|unknown|\*)$/);
    const sources = new Set(
      lines.flatMap((line) => /signup_source="([^"]*)".* [1-9]\d*$/.exec(line)?.[1] ?? []),
    );
    expect([...sources]).toEqual(['other']);
  });

  it('count in-flight requests down to the scrape itself', async () => {
    const found = await waitFor(
      'all other requests to end',
      async () => /^active_connections 1$/m.exec(await scrape())?.[0],
    );
    expect(found).toBeDefined();
  });

  it('count users, mails and jobs', async () => {
    await service.post('/users', { email: 'counted@example.com', name: 'Counted', source: 'web' });
    await waitFor('the mail to be counted', async () =>
      /^emails_total\{template="welcome",result="sent"\} [1-9]\d*$/m.test(await scrape()),
    );
    const text = await scrape();
    expect(text).toMatch(/^users_created_total\{signup_source="web",user_tier="free"\} 1$/m);
    expect(text).toMatch(/^jobs_total\{queue="email",result="completed"\} [1-9]\d*$/m);
    expect(text).toMatch(/^job_queue_depth\{queue="email"\} \d+$/m);
    expect(text).toMatch(/^circuit_breaker_state\{name="email"\} 0$/m);
    expect(text).toMatch(/^db_pool_connections\{state="idle"\} \d+$/m);
    expect(text).toMatch(/^build_info\{version="[^"]+",commit="[^"]+"\} 1$/m);
    expect(text).toMatch(/^nodejs_gc_duration_seconds_count\{kind="minor"\} [1-9]\d*$/m);
    expect(text).toMatch(/^process_open_fds [1-9]\d*$/m);
    expect(text).toMatch(/^db_statement_duration_seconds_count\{operation="INSERT"\} [1-9]\d*$/m);
    expect(text).toMatch(/^db_statement_duration_seconds_count\{operation="SELECT"\} [1-9]\d*$/m);
    // From zero, so that the first is a rise.
    expect(text).toMatch(/^db_statement_duration_seconds_count\{operation="DELETE"\} \d+$/m);
    expect(text).toMatch(/^emails_total\{template="welcome",result="dead"\} 0$/m);
    expect(text).toMatch(/^jobs_total\{queue="email",result="dead"\} 0$/m);
    expect(text).toMatch(/^dependency_calls_total\{name="payment",result="circuit_open"\} 0$/m);
    expect(text).toMatch(/^worker_pool_tasks_total\{task="[\w.]+",result="crashed"\} 0$/m);
    expect(text).toMatch(/^worker_pool_threads \d+$/m);
  });

  it('report the last successful clean-up, and nothing before the first one', async () => {
    const series = /^cleanup_last_success_timestamp_seconds.*$/gm;
    expect((await scrape()).match(series)).toBeNull();
    await service.database.query(
      `INSERT INTO maintenance VALUES ('cleanup', to_timestamp(1764000000.5))`,
    );
    expect((await scrape()).match(series)).toEqual([
      'cleanup_last_success_timestamp_seconds 1764000000.5',
    ]);
  });

  it('carry exemplars when the client accepts OpenMetrics', async () => {
    const traceId = 'f'.repeat(32);
    await service.get('/openapi.json', { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    const text = await scrape('application/openmetrics-text;version=1.0.0');
    expect(text).toContain(`# {trace_id="${traceId}",span_id="`);
    expect(text).toMatch(/^# TYPE http_requests counter$/m);
    expect(text.endsWith('# EOF\n')).toBe(true);
  });

  it('move to a separate port', async () => {
    const other = await testApi()
      .on(service.database)
      .withMails('log')
      .with({ METRICS_PORT: '0' })
      .listen();
    try {
      const port = other.logs.find(({ logger }) => logger === 'metrics')?.['port'];
      const ask = (path: string, options?: RequestOptions) =>
        request(`http://127.0.0.1:${String(port)}${path}`, options);
      const answer = await ask('/metrics?x=1', { headers: { 'x-request-id': 'scrape-1' } });
      expect(answer.text).toContain('# TYPE active_connections gauge');
      expect(answer.headers.get('x-request-id')).toBe('scrape-1');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      const head = await ask('/metrics', { method: 'HEAD' });
      expect([head.status, head.text]).toEqual([200, '']);
      expect(head.headers.get('content-type')).toBe(answer.headers.get('content-type'));
      expect(head.headers.get('x-request-id')).toMatch(UUID);
      expectProblem(await ask('/users'), 404, 'request.not-found');
      expectProblem(await ask('/metrics', { method: 'POST' }), 404, 'request.not-found');
      expectProblem(await ask('/%zz'), 400, 'request.invalid');
      expect((await other.get('/metrics')).status).toBe(404);
    } finally {
      await other.stop();
    }
  });

  it.each(['hangs', 'fails', 'refuses'] as const)(
    'and requests do not notice a receiver that %s, and one warning a minute is enough',
    async (how) => {
      const unwell = how === 'refuses' ? undefined : await startUnwellReceiver(how);
      const other = await testApi()
        .on(service.database)
        .withMails('log')
        .with({
          OTEL_EXPORTER_OTLP_ENDPOINT: unwell?.url ?? 'http://127.0.0.1:9',
          OTEL_BSP_SCHEDULE_DELAY: '50',
          OTEL_EXPORTER_OTLP_TIMEOUT: '2000',
        })
        .listen();
      try {
        const enough = async () => {
          expect((await other.get('/openapi.json')).status).toBe(200);
          return unwell === undefined
            ? other.logs.some(({ logger }) => logger === 'outages')
            : unwell.requests() > 0;
        };
        await waitFor('an export to be tried', enough);
        for (let i = 0; i < 200; i += 1) await other.request('/openapi.json', { method: 'HEAD' });
        const lines = other.logs.filter(
          ({ logger }) => logger === 'telemetry' || logger === 'outages',
        );
        expect(lines.map(({ message }) => message)).toEqual(
          lines.map(() => 'otlp unavailable').slice(0, 1),
        );
        expect(await other.stop()).toBe(0);
      } finally {
        await other.kill();
        await unwell?.stop();
      }
    },
  );
});
