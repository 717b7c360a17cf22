import { asService } from '../support/caller.js';
import type { LogLine } from '../support/service.js';
import { type Api, testApi } from '../support/test-api.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

/** Keys of every line of a service in a pod. */
const EVERY_LINE = [
  'app_version',
  'build_id',
  'environment',
  'level',
  'logger',
  'message',
  'node_name',
  'pod_name',
  'pod_namespace',
  'service_name',
  'service_version',
  'span_id',
  'timestamp',
  'trace_id',
];

describe('logs', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi()
      .withoutJobs()
      .with({
        SERVICE_NAME: 'users',
        APP_VERSION: '9.8.7',
        BUILD_ID: 'b-1',
        POD_NAME: 'p-1',
        POD_NAMESPACE: 'prod',
        NODE_NAME: 'n-1',
      })
      .start();
  });

  afterAll(() => api?.stop());

  const completedOf = (id: string): LogLine[] =>
    api.logs.filter(
      ({ message, request_id }) => message === 'request completed' && request_id === id,
    );

  it('have one line per request, whatever its outcome, with the route and not the path', async () => {
    const { body } = await api.post('/users', signUp());
    const id = String(body['id']);
    const requests: [string, string, endpoint: string, status: number, code?: string][] = [
      ['GET', `/users/${id}`, '/users/:id', 200],
      ['GET', '/users?limit=0', '/users', 400, 'request.invalid'],
      ['GET', '/users/none', '/users/:id', 400, 'request.invalid'],
      ['DELETE', `/users/${id}`, '/users/:id', 204],
      ['GET', '/nothing/here', 'unknown', 404, 'request.not-found'],
      ['GET', '/users/%zz', 'unknown', 400, 'request.invalid'],
      ['POST', '/users', '/users', 400, 'request.invalid'],
      ['GET', '/docs', '/docs', 200],
    ];
    for (const [index, [method, path, endpoint, status_code, error_code]] of requests.entries()) {
      const requestId = `request-${index}`;
      const headers = { ...asService, 'x-request-id': requestId };
      expect((await api.request(path, { method, headers })).status).toBe(status_code);
      const lines = await waitFor(`the line of ${path}`, () => {
        const found = completedOf(requestId);
        return found.length > 0 && found;
      });
      expect(lines).toHaveLength(1);
      const [line] = lines;
      expect(line).toMatchObject({
        level: 'INFO',
        method,
        endpoint,
        status_code,
        ...(error_code && { error_code }),
      });
      expect(line?.['duration_ms']).toBeGreaterThanOrEqual(0);
      expect(Object.keys(line ?? {}).toSorted()).toEqual(
        [
          ...EVERY_LINE,
          'request_id',
          'method',
          'endpoint',
          'status_code',
          'duration_ms',
          ...(error_code === undefined ? [] : ['error_code']),
        ].toSorted(),
      );
    }
  });

  it('have the error code of a refusal that is repeated for its Idempotency-Key', async () => {
    const taken = signUp();
    await api.post('/users', taken);
    const refuse = (id: string) =>
      api.post('/users', taken, { 'idempotency-key': 'taken', 'x-request-id': id });
    for (const id of ['refused-1', 'refused-2']) {
      expect((await refuse(id)).status).toBe(409);
      const [line] = await waitFor('the line', () => completedOf(id).length > 0 && completedOf(id));
      expect(line).toMatchObject({ status_code: 409, error_code: 'users.email-taken' });
    }
  });

  it('show probes and scrapes at DEBUG only', async () => {
    for (const path of ['/health', '/ready', '/metrics'])
      await api.get(path, { 'x-request-id': 'probe' });
    await api.get('/openapi.json', { 'x-request-id': 'no-probe' });
    await waitFor('the line after theirs', () => completedOf('no-probe').length > 0);
    expect(completedOf('probe')).toEqual([]);
  });

  it('show at start the address of the process and of its documentation', () => {
    const line = api.logs.find(({ logger }) => logger === 'main');
    expect(line).toMatchObject({
      host: '127.0.0.1',
      port: Number(new URL(api.url).port),
      docs_url: expect.stringMatching(/\/docs$/) as string,
    });
  });

  it('have the identity of the process in every line, and zeros outside a span', () => {
    expect(api.logs.length).toBeGreaterThan(3);
    for (const line of api.logs) {
      expect(Object.keys(line)).toEqual(expect.arrayContaining(EVERY_LINE));
      expect(line).toMatchObject({
        service_name: 'users',
        service_version: '9.8.7',
        app_version: '9.8.7',
        build_id: 'b-1',
        environment: 'test',
        pod_name: 'p-1',
        pod_namespace: 'prod',
        node_name: 'n-1',
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        span_id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/) as string,
      });
    }
  });

  it('name request and user in the line of an event', async () => {
    const headers = { 'x-request-id': 'sign-up-1' };
    const { body } = await api.post('/users', signUp(), headers);
    const line = await waitFor('the line', () =>
      api.logs.find(
        ({ message, request_id }) => message === 'user created' && request_id === 'sign-up-1',
      ),
    );
    expect(line).toMatchObject({ user_id: body['id'], logger: 'users', signup_source: 'unknown' });
  });

  it('end with a line about the orderly shutdown', async () => {
    const other = await testApi().withoutJobs().start();
    expect(await other.stop()).toBe(0);
    const messages = other.logs.map(({ message }) => message);
    expect(messages.slice(-2)).toEqual(['shutting down', 'stopped']);
  });
});
