import { type MailService, startMailService } from '../support/mail-service.js';
import {
  type OtlpReceiver,
  type ReceivedSpan,
  startOtlpReceiver,
} from '../support/otlp-receiver.js';
import { type Service, startService } from '../support/service.js';
import { testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const PARENT_ID = '00f067aa0ba902b7';

function tree(spans: readonly ReceivedSpan[]) {
  const named = (name: string): ReceivedSpan => {
    const found = spans.find((span) => span.name === name);
    if (!found)
      throw new Error(`no span ${name} among ${spans.map((span) => span.name).join(', ')}`);
    return found;
  };
  const parentOf = (name: string) =>
    spans.find(({ spanId }) => spanId === named(name).parentSpanId)?.name;
  return { named, parentOf };
}

describe('traces', () => {
  let receiver: OtlpReceiver;
  let mail: MailService;
  let database: TestDatabase;
  let api: Service;
  let worker: Service;

  beforeAll(async () => {
    [receiver, mail, database] = await Promise.all([
      startOtlpReceiver(),
      startMailService(),
      createTestDatabase(),
    ]);
    const env = {
      DATABASE_URL: database.url,
      EMAIL_SERVICE_URL: mail.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    };
    [api, worker] = await Promise.all([
      startService({ ...env, JOBS_IN_API: 'false', SERVICE_NAME: 'api' }),
      startService({ ...env, SERVICE_NAME: 'worker' }, { entry: 'worker' }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([api?.stop(), worker?.stop()]);
    await Promise.all([receiver?.stop(), mail?.stop(), database?.drop()]);
  });

  /** The spans of a trace, once those with these names have arrived. */
  async function traceOf(traceId: string, ...names: string[]): Promise<ReceivedSpan[]> {
    return waitFor(`the spans ${names.join(', ')}`, () => {
      const spans = receiver.spans.filter((span) => span.traceId === traceId);
      return names.every((name) => spans.some((span) => span.name === name)) ? spans : undefined;
    });
  }

  it('follow one sign-up through API and worker, with the expected tree and attributes', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { status, body } = await api.post(
      '/users',
      {
        email: 'ada.tree@example.com',
        name: 'Ada',
        source: 'mobile',
        password: 'a very good one',
      },
      { traceparent: `00-${traceId}-${PARENT_ID}-01` },
    );
    expect(status).toBe(201);
    const spans = await traceOf(traceId, 'POST /users', 'send_welcome_email', 'email process');
    const { named, parentOf } = tree(spans);

    expect(named('POST /users')).toMatchObject({
      kind: 'server',
      parentSpanId: PARENT_ID,
      service: 'api',
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/users',
        'url.path': '/users',
        'url.scheme': 'http',
      },
    });
    expect(parentOf('user_service.create_user')).toBe('POST /users');
    expect(parentOf('validate_user_data')).toBe('user_service.create_user');
    expect(parentOf('check_user_exists')).toBe('user_service.create_user');
    expect(parentOf('user_service.get_user_by_email')).toBe('check_user_exists');
    expect(parentOf('create_user_record')).toBe('user_service.create_user');
    expect(parentOf('user_service.save_user')).toBe('create_user_record');
    expect(named('user_service.create_user').attributes).toMatchObject({
      'user.signup_source': 'mobile',
      'user.email': 'a***@example.com',
      'user.id': body['id'],
      'operation.result': 'success',
    });
    for (const name of ['create_user', 'get_user_by_email', 'save_user'])
      expect(named(`user_service.${name}`).attributes).toMatchObject({
        'function.name': expect.any(String) as string,
        'function.module': expect.any(String) as string,
        'function.result': 'success',
      });
    expect(named('user_service.save_user').attributes).toMatchObject({
      'db.record_id': body['id'],
    });
    expect(named('validate_user_data').attributes).toMatchObject({
      'validation.fields': 'email,name,password,source',
      'validation.result': 'success',
    });
    expect(named('check_user_exists').attributes).toMatchObject({ 'user.exists': false });
    expect(named('create_user_record').attributes).toMatchObject({
      'user.id': body['id'],
      'user.status': 'active',
    });

    // The other process goes on with the same trace, and so does the call out.
    expect(named('email process')).toMatchObject({ kind: 'consumer', service: 'worker' });
    expect(parentOf('send_welcome_email')).toBe('email process');
    expect(named('send_welcome_email').attributes).toMatchObject({
      'function.name': 'send',
      'function.module': 'GuardedMailTransport',
      'function.result': 'success',
      'external_service.name': 'email_service',
      'external_service.operation': 'send_email',
      'email.type': 'welcome',
      'email.recipient': 'a***@example.com',
      'email.result': 'sent',
    });
    expect(named('POST')).toMatchObject({
      kind: 'client',
      attributes: { 'http.request.method': 'POST', 'url.full': `${mail.url}/send` },
    });
    expect(parentOf('POST')).toBe('send_welcome_email');
    const delivery = await waitFor('the mail', () =>
      mail.deliveries.find(({ body: { to } }) => to === 'ada.tree@example.com'),
    );
    expect(delivery.headers).toMatchObject({
      traceparent: `00-${traceId}-${named('POST').spanId}-01`,
      'x-b3-traceid': traceId,
      'x-b3-spanid': named('POST').spanId,
      'x-b3-sampled': '1',
      baggage: 'user.signup_source=mobile',
    });

    // Statements are children of what needs them, and hold no values.
    const insert = spans.find(({ name }) => name.startsWith('INSERT'));
    expect(insert?.attributes).toMatchObject({ 'db.system.name': 'postgresql' });
    expect(receiver.text()).not.toContain('ada.tree');
    expect(receiver.text()).not.toContain(delivery.body.variables.token);
  });

  it.each([
    [
      'B3 in several headers',
      '1',
      (id: string) => ({ 'x-b3-traceid': id, 'x-b3-spanid': PARENT_ID, 'x-b3-sampled': '1' }),
    ],
    ['B3 in one header', '2', (id: string) => ({ b3: `${id}-${PARENT_ID}-1` })],
    [
      'W3C before B3',
      '3',
      (id: string) => ({
        traceparent: `00-${id}-${PARENT_ID}-01`,
        b3: `${'9'.repeat(32)}-${'9'.repeat(16)}-1`,
      }),
    ],
  ])('continue with %s', async (_name, digit, headersOf) => {
    const traceId = digit.repeat(32);
    await api.get('/.well-known/jwks.json', headersOf(traceId));
    const [span] = await traceOf(traceId, 'GET /.well-known/jwks.json');
    expect(span?.parentSpanId).toBe(PARENT_ID);
  });

  it.each(['/health', '/ready', '/metrics'])('exclude %s', async (path) => {
    const traceId = '8'.repeat(32);
    const headers = { traceparent: `00-${traceId}-${PARENT_ID}-01` };
    await api.get(path, headers);
    await api.get('/.well-known/jwks.json', headers);
    const spans = await traceOf(traceId, 'GET /.well-known/jwks.json');
    expect(new Set(spans.map(({ name }) => name))).toEqual(new Set(['GET /.well-known/jwks.json']));
  });

  it('describe invalid input, and record an error once, at its origin', async () => {
    const traceId = 'd'.repeat(32);
    await api.post('/users', { name: 'Nobody' }, { traceparent: `00-${traceId}-${PARENT_ID}-01` });
    const spans = await traceOf(traceId, 'POST /users', 'user_service.create_user');
    const { named } = tree(spans);
    expect(named('validate_user_data').attributes).toMatchObject({
      'validation.error': 'missing_email',
      'validation.result': 'failed',
    });
    expect(named('user_service.create_user').attributes).toMatchObject({
      'operation.result': 'failed',
      'function.result': 'error',
    });
    const types = spans.flatMap(({ attributes }) => attributes['error.type'] ?? []);
    expect(types).toEqual(['request.invalid', 'request.invalid']);
    const events = spans.flatMap(({ name, events: list }) =>
      list.map((event) => `${name}: ${event.name}`),
    );
    expect(events).toEqual(['validate_user_data: exception']);
  });

  it('copy known baggage to the log, and ignore other baggage', async () => {
    await api.get('/.well-known/jwks.json', {
      baggage: 'user.signup_source=web,secret.key=canary',
      'x-request-id': 'baggage-1',
    });
    const line = await waitFor('the log line', () =>
      api.logs.find(({ request_id: id }) => id === 'baggage-1'),
    );
    expect(line['baggage_user.signup_source']).toBe('web');
    expect(JSON.stringify(api.logs)).not.toContain('canary');
  });

  it('are flushed, and metrics exported, when a process ends', async () => {
    const traceId = 'e'.repeat(32);
    const other = await testApi()
      .on(database)
      .withMails(mail)
      .with({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.grpcUrl, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })
      .listen();
    await other.get('/.well-known/jwks.json', { traceparent: `00-${traceId}-${PARENT_ID}-01` });
    expect(await other.stop()).toBe(0);
    expect(receiver.spans.some((span) => span.traceId === traceId)).toBe(true);
    expect(receiver.metrics).toContain('http_requests_total');
    expect(receiver.metrics).toContain('db_statement_duration_seconds');
  });
});
