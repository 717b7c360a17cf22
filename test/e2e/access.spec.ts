import { asService } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { signUp } from '../support/users.js';

const NOBODY = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
const OTHER_KEY = 'a-second-key-of-more-than-32-bytes!!';

describe('access', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi()
      .withoutJobs()
      .with({ REGISTRATION: 'closed', API_KEY: `${asService['x-api-key']}, ${OTHER_KEY}` })
      .start();
  });

  afterAll(() => api?.stop());

  const call = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    api.request(path, { method, headers, ...(body !== undefined && { body }) });

  it.each([
    ['GET', '/users', undefined],
    ['POST', '/users', signUp()],
    ['GET', `/users/${NOBODY}`, undefined],
    ['PATCH', `/users/${NOBODY}`, { name: 'x' }],
    ['DELETE', `/users/${NOBODY}`, undefined],
    ['POST', `/users/${NOBODY}/tier`, { tier: 'free' }],
  ])('requires no credentials for %s %s', async (method, path, body) => {
    const answer = await call(method, path, {}, body);
    expectProblem(answer, 401, 'auth.unauthenticated');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm=.*ApiKey realm=/);
  });

  it.each([
    ['a wrong key', { 'x-api-key': 'wrong' }],
    ['an empty key', { 'x-api-key': '' }],
    ['half a key', { 'x-api-key': asService['x-api-key'].slice(0, -1) }],
    ['both keys as one', { 'x-api-key': `${asService['x-api-key']}, ${OTHER_KEY}` }],
    ['a bad token', { authorization: 'Bearer x.y.z' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a bad token beside a good key', { authorization: 'Bearer x', ...asService }],
  ])(
    'refuses %s with 401 everywhere, where none is needed and at no route, too',
    async (_what, headers) => {
      for (const path of [
        '/users',
        `/users/${NOBODY}`,
        '/health',
        '/ready',
        '/metrics',
        '/docs',
        '/docs/start.js',
        '/openapi.json',
        '/.well-known/jwks.json',
        '/nothing',
      ])
        expect(
          expectProblem(await call('GET', path, headers), 401, 'auth.unauthenticated'),
        ).toEqual([]);
      expectProblem(await call('DELETE', '/health', headers), 401, 'auth.unauthenticated');
    },
  );

  it('refuses a wrong key before it reads the body', async () => {
    const answer = await call('POST', '/users', { 'x-api-key': 'wrong' }, '{"name":');
    expect(expectProblem(answer, 401, 'auth.unauthenticated')).toEqual([]);
  });

  it('discloses nothing about the input to a caller without credentials', async () => {
    const answer = await call('POST', '/users', {}, { email: 'nobody' });
    expect(expectProblem(answer, 401, 'auth.unauthenticated')).toEqual([]);
  });

  it('gives each of the keys the rights of a service', async () => {
    for (const key of [asService['x-api-key'], OTHER_KEY]) {
      const headers = { 'x-api-key': key };
      const created = await call('POST', '/users', headers, signUp({ tier: 'enterprise' }));
      expect(created.status).toBe(201);
      expect(created.body['tier']).toBe('enterprise');
      expect((await call('GET', '/users', headers)).status).toBe(200);
    }
  });

  it.each([
    ['role', { role: 'superuser' }],
    ['password', { password: 'correct horse battery' }],
    ['name and role together', { name: 'x', role: 'superuser' }],
  ])('refuses a service to change the %s with 403', async (_what, change) => {
    const { body } = await call('POST', '/users', asService, signUp());
    const answer = await call('PATCH', `/users/${String(body['id'])}`, asService, change);
    expect(expectProblem(answer, 403, 'auth.forbidden')).toEqual([]);
  });

  it('records the actor', async () => {
    const { body } = await call('POST', '/users', asService, signUp());
    const [row] = await api.database.query(
      'SELECT actor_kind, actor_id FROM audit_log WHERE target_id = $1',
      [body['id']],
    );
    expect(row).toEqual({ actor_kind: 'service', actor_id: null });
  });

  it('serves probes and the API description to everybody', async () => {
    for (const path of ['/health', '/ready', '/metrics', '/docs', '/openapi.json'])
      for (const headers of [{}, asService])
        expect((await call('GET', path, headers)).status).toBe(200);
  });
});
