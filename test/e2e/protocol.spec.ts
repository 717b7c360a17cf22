import { type Answer, asService } from '../support/caller.js';
import { expectProblem, rawExchange, UUID } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { signUp } from '../support/users.js';

describe('HTTP', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().withoutJobs().with({ BODY_LIMIT_BYTES: '2048' }).start();
  });

  afterAll(() => api?.stop());

  const post = (body: string | object | undefined, headers = {}) =>
    api.post('/users', body, headers);

  async function stored(): Promise<number> {
    const [row] = await api.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM users',
    );
    return row?.count ?? 0;
  }

  describe('X-Request-Id', () => {
    const idOf = async (given: string) =>
      (await api.get('/health', { 'x-request-id': given })).headers.get('x-request-id');

    it.each(['a', 'Trace.1_2-3', 'x'.repeat(128)])('is kept: %s', async (given) => {
      expect(await idOf(given)).toBe(given);
    });

    it.each(['', 'x'.repeat(129), 'a b', 'a/b', 'ü', 'a;b', '<script>'])(
      'is made anew instead of %j',
      async (given) => {
        expect(await idOf(given)).toMatch(UUID);
      },
    );

    it('is generated for each request without one', async () => {
      const ids = await Promise.all(
        ['/health', '/nothing', '/users/x', '/docs'].map(async (path) =>
          (await api.get(path)).headers.get('x-request-id'),
        ),
      );
      for (const id of ids) expect(id).toMatch(UUID);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it.each([
    ['text/plain', 'a'],
    ['application/x-www-form-urlencoded', 'email=a%40example.com&name=A'],
    ['application/xml', '<user/>'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/octet-stream', '\u0001'],
    ['nonsense', 'a'],
  ])('refuses %s with 415', async (type, body) => {
    const answer = await post(body, { 'content-type': type });
    expectProblem(answer, 415, 'request.unsupported-media-type');
    expect(await stored()).toBe(0);
  });

  it('accepts JSON with a charset', async () => {
    const answer = await post(signUp(), { 'content-type': 'application/json; charset=utf-8' });
    expect(answer.status).toBe(201);
    await api.database.query('DELETE FROM users');
  });

  it.each([
    ['no JSON', '{"email": ', 'must be valid JSON'],
    ['two documents', '{}{}', 'must be valid JSON'],
    ['a prototype', '{"__proto__": {"role": "superuser"}}', 'must be valid JSON'],
    ['white space', ' ', 'must be valid JSON'],
    ['an array', '[]', 'has the wrong type'],
    ['a text', '"{}"', 'has the wrong type'],
    ['null', 'null', 'has the wrong type'],
    ['nested as deep as may be', nested(32), 'has the wrong type'],
    ['nested deeper', nested(33), 'must not be nested deeper than 32 levels'],
  ])('rejects a body that is %s and points to the whole of it', async (_what, body, detail) => {
    expect(expectProblem(await post(body), 400, 'request.invalid')).toEqual([
      { pointer: '', detail },
    ]);
  });

  it.each([
    ['no body at all', undefined],
    ['an empty one', ''],
  ])('names the required fields when there is %s', async (_what, body) => {
    const faults = expectProblem(await post(body), 400, 'request.invalid');
    expect(faults).toEqual([
      { pointer: '/email', detail: 'is missing' },
      { pointer: '/name', detail: 'is missing' },
    ]);
  });

  it.each(['', 'Content-Length: 0\r\n', 'Transfer-Encoding: chunked\r\n'])(
    'takes a request without a body for one whatever type it names (%j)',
    async (framing) => {
      const { body: user } = await api.as('service').post('/users', signUp());
      const raw = await rawExchange(
        api.url,
        `DELETE /users/${String(user['id'])} HTTP/1.1\r\nHost: a\r\nX-API-Key: ${asService['x-api-key']}\r\nContent-Type: application/json\r\n${framing}Connection: close\r\n\r\n${framing.startsWith('T') ? '0\r\n\r\n' : ''}`,
      );
      expect(raw).toMatch(/^HTTP\/1\.1 204 /);
      await api.database.query('DELETE FROM users');
    },
  );

  it('refuses a body above the limit, with Content-Length or chunked', async () => {
    expectProblem(await post('x'.repeat(2049)), 413, 'request.too-large');
    const { host } = new URL(api.url);
    const chunk = `800\r\n${'x'.repeat(0x800)}\r\n`;
    const raw = await rawExchange(
      api.url,
      `POST /users HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk}${chunk}0\r\n\r\n`,
    );
    expect(raw).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each([
    ['GET', '/nothing'],
    ['PUT', '/users'],
    ['POST', '/health'],
    ['GET', '/users/x/y/z'],
    ['OPTIONS', '/users'],
  ])('answers %s %s with 404', async (method, path) => {
    const answer = await api.request(path, { method, headers: asService });
    expectProblem(answer, 404, 'request.not-found');
    expect(answer.body['instance']).toBe(path);
  });

  it('leaves the query string out of `instance`', async () => {
    const answer = await api.as('service').get('/users?secret=1');
    expectProblem(answer, 400, 'request.invalid');
    expect(answer.body['instance']).toBe('/users');
  });

  it.each(['/users/%zz', '/%', '/users/%ff'])('rejects the malformed URL %s', async (path) => {
    const answer: Answer = await api.as('service').get(path);
    expectProblem(answer, 400, 'request.invalid');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['garbage', 'GARBAGE\r\n\r\n'],
    ['a TLS greeting', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
    ['an unknown version', 'GET /health HTTP/9.9\r\nHost: a\r\n\r\n'],
    ['a bad length', 'POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n'],
    [
      'two lengths',
      'POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
    ],
    [
      'a length beside chunks',
      'POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a request for a tunnel', 'CONNECT a.example:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a method that HTTP does not have', 'FOO /health HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('answers %s with a problem and closes', async (_what, bytes) => {
    expectRawProblem(await rawExchange(api.url, bytes));
  });

  const long = 'x'.repeat(20_000);
  it.each([
    ['URL', `GET /${long} HTTP/1.1\r\nHost: a\r\n\r\n`, 'a URL or headers'],
    ['headers', `GET /health HTTP/1.1\r\nHost: a\r\nX: ${long}\r\n\r\n`, 'a URL or headers'],
    [
      'chunk extensions',
      `POST /users HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;${long}\r\nx`,
      'chunk extensions',
    ],
  ])('says that the %s of a request are too long, and closes', async (_what, bytes, part) => {
    expect(expectRawProblem(await rawExchange(api.url, bytes))).toMatchObject({
      errors: [{ pointer: '', detail: `has ${part} that are too long` }],
    });
  });

  it.each([
    ['without a host', 'GET /health HTTP/1.1\r\n', 'header/Host', 'is missing'],
    [
      'with an unknown expectation',
      'GET /health HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n',
      'header/Expect',
      'must be 100-continue',
    ],
  ])('refuses a request %s, under its own id', async (_what, head, pointer, detail) => {
    const answer = await rawExchange(
      api.url,
      `${head}X-Request-Id: mine\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/\r\nX-Request-Id: mine\r\n/i);
    expect(answer).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/i);
    expect(expectRawProblem(answer)).toMatchObject({
      instance: '/health',
      request_id: 'mine',
      errors: [{ pointer, detail }],
    });
  });

  it('serves HTTP/1.0 without a Host header, and requests with Expect: 100-continue', async () => {
    expect(await rawExchange(api.url, 'GET /health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
    const waiting =
      'GET /health HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nConnection: close\r\n\r\n';
    expect(await rawExchange(api.url, waiting)).toMatch(
      /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /,
    );
  });

  it('still serves after malformed requests', async () => {
    expect((await api.get('/health')).status).toBe(200);
  });
});

/** Asserts that raw bytes are a 400 with id and document. @returns the document. */
function expectRawProblem(answer: string): Record<string, unknown> {
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(/\r\nContent-Type: application\/problem\+json; charset=utf-8/i);
  expect(head).toMatch(/\r\nCache-Control: no-store/i);
  const problem = JSON.parse(body) as Record<string, unknown>;
  expect(problem).toMatchObject({ code: 'request.invalid', status: 400 });
  expect(head.toLowerCase()).toContain(`\r\nx-request-id: ${String(problem['request_id'])}`);
  return problem;
}

/** Arrays in arrays. */
function nested(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}
