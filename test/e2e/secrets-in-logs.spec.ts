import { randomUUID } from 'node:crypto';

import { type Answer, asService, type RequestOptions } from '../support/caller.js';
import { expectProblem, rawExchange } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const SECRET = 'cnry-9f3c7a51d2';

/** Headers that hold secrets, or that a client may put one into. */
const HEADERS = [
  'authorization',
  'x-api-key',
  'cookie',
  'x-device-token',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'user-agent',
  'referer',
  'origin',
  'accept',
  'accept-language',
  'x-forwarded-for',
  'forwarded',
  'traceparent',
  'tracestate',
  'b3',
  'x-b3-traceid',
  'x-anything',
];

describe('a secret in a request', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().withMails('log').with({ LOG_LEVEL: 'TRACE', LOG_CALLER: 'true' }).start();
  });

  afterAll(() => api?.stop());

  const send = (path: string, options: RequestOptions = {}) =>
    api.request(path, { ...options, headers: { ...asService, ...options.headers } });

  /** Everything that was answered, but for the path that was asked for. */
  function answered({ body, text, headers }: Answer): string {
    const { instance: _asked, ...rest } = body;
    return JSON.stringify([Object.keys(rest).length > 0 ? rest : text, [...headers]]);
  }

  /** No answer, and no line until now, holds it. */
  async function expectUntold(...answers: Answer[]): Promise<void> {
    for (const answer of answers) expect(answered(answer)).not.toContain(SECRET);
    const last = randomUUID();
    await send('/.well-known/jwks.json', { headers: { 'x-request-id': last } });
    await waitFor('all lines', () => api.logs.some(({ request_id }) => request_id === last));
    expect(api.output()).not.toContain(SECRET);
    expect(api.output()).not.toContain(asService['x-api-key']);
  }

  it.each(HEADERS)('is in no log line, trace or answer when it is in %s', async (name) => {
    const value = name === 'authorization' ? `Bearer ${SECRET}` : SECRET;
    const headers = { [name]: value };
    await expectUntold(
      await send('/users', { headers }),
      await send('/users', { method: 'POST', body: signUp(), headers }),
      await send('/users', { method: 'POST', body: '{bad', headers }),
    );
  });

  it('is in no log line, trace or answer when it is in a rejected X-Request-Id', async () => {
    await expectUntold(await send('/users', { headers: { 'x-request-id': `${SECRET}/` } }));
  });

  it('is in no log line, trace or answer when it is in unknown baggage', async () => {
    await expectUntold(await send('/users', { headers: { baggage: `token=${SECRET}` } }));
  });

  it('is in no log line, trace or answer when it is in a path', async () => {
    for (const path of [SECRET, `users/${SECRET}`, `users/%zz${SECRET}`, `docs/${SECRET}`])
      await expectUntold(await send(`/${path}`));
  });

  it('is in no log line, trace or answer when it is in a query', async () => {
    for (const name of ['limit', 'cursor', 'email', 'status', 'q', 'token', 'api_key'])
      await expectUntold(
        await send(`/users?${name}=${SECRET}`),
        await send(`/no?${name}=${SECRET}`),
      );
  });

  it('is in no log line when it is in a field of a valid request', async () => {
    const body = {
      email: `${SECRET}@example.com`,
      name: `${SECRET} Lovelace`,
      password: SECRET,
      source: SECRET,
    };
    const created = await send('/users', { method: 'POST', body });
    expect(created.status).toBe(201);
    const taken = await send('/users', { method: 'POST', body });
    expect(taken.status).toBe(409);
    const id = String(created.body['id']);
    await send(`/users/${id}`, { method: 'PATCH', body: { name: `${SECRET}!` } });
    await send(`/users?q=${SECRET}&email=${SECRET}@example.com`);
    await send(`/users/${id}`, { method: 'DELETE' });
    await waitFor('the mail job', () => api.output().includes('mail'));
    await expectUntold(taken);
  });

  it('is in no log line, trace or answer when it is in a field of an invalid request', async () => {
    const nobody = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
    const fields = ['email', 'name', 'password', 'source', 'tier', 'status', 'role', 'extra'];
    for (const field of [...fields, 'current_password']) {
      for (const value of [`${SECRET}\u0000`, [SECRET], { [field]: SECRET }]) {
        await expectUntold(
          await send('/users', { method: 'POST', body: signUp({ [field]: value }) }),
          await send(`/users/${nobody}`, { method: 'PATCH', body: { [field]: value } }),
        );
      }
    }
  });

  it.each([
    ['bad JSON', `{"password": "${SECRET}`, 'application/json'],
    ['a bare word', SECRET, 'application/json'],
    ['JSON of another type', `"${SECRET}"`, 'application/json'],
    ['a prototype', `{"__proto__": "${SECRET}"}`, 'application/json'],
    ['a form', `password=${SECRET}`, 'application/x-www-form-urlencoded'],
    ['plain text', SECRET, 'text/plain'],
    ['a type of its own', 'x', `application/${SECRET}`],
    ['too much', SECRET.repeat(10_000), 'application/json'],
  ])('is told nowhere when the body is %s', async (_what, body, type) => {
    const answer = await send('/users', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    await expectUntold(answer);
  });

  it.each([`${SECRET}\r\n\r\n`, `GET /${SECRET} HTTP/7\r\nX: ${SECRET}\r\n\r\n`])(
    'is in no log line, trace or answer when it is in bytes that are no request',
    async (bytes) => {
      expect(await rawExchange(api.url, bytes)).not.toContain(SECRET);
      await expectUntold();
    },
  );

  // The last one: it takes the table away.
  it('is in no log line, trace or answer when it causes a database error', async () => {
    await api.database.query('ALTER TABLE users RENAME COLUMN name TO gone');
    const body = signUp({ name: SECRET, email: `${SECRET}-2@example.com` });
    const answer = await send('/users', { method: 'POST', body });
    expectProblem(answer, 500, 'internal');
    expect(answer.text).not.toMatch(/column|select|insert|users\./i);
    await expectUntold(answer);
    expect(api.output()).toMatch(/request failed unexpectedly/);
    expect(api.output()).toMatch(/\[42703\]/);
  });
});
