import { asService } from '../support/caller.js';
import { expectProblem, pointers, UUID } from '../support/http.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';
import { signUp, uniqueEmail } from '../support/users.js';

type User = Record<string, unknown> & { id: string; email: string; updated_at: string };

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('users over HTTP', () => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await sharedApi();
  });

  const create = (body: unknown = signUp(), headers = {}) =>
    api.post<User>('/users', body, headers);

  const send = (method: string, id: string, body?: unknown, headers = {}) =>
    api.request<User>(`/users/${id}`, { method, body, headers: { ...asService, ...headers } });

  const get = (id: string) => send('GET', id);

  it('creates a user: 201 with location and entity tag, without secrets', async () => {
    const body = signUp({ password: 'correct horse battery', source: 'web' });
    const answer = await create(body);
    const { id } = answer.body;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/users/${id}`);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({
      id: expect.stringMatching(UUID) as string,
      email: body.email,
      name: body.name,
      status: 'active',
      role: 'user',
      tier: 'free',
      source: 'web',
      email_verified: false,
      locale: 'en',
      created_at: expect.stringMatching(ISO) as string,
      updated_at: answer.body['created_at'],
    });
    const read = await get(id);
    expect(read.body).toEqual(answer.body);
    expect(read.headers.get('etag')).toBe('"1"');
    expect(read.headers.get('cache-control')).toBe('no-store');
  });

  it('stores the password only as an argon2id hash', async () => {
    const { body } = await create(signUp({ password: 'correct horse battery' }));
    const [row] = await api.database.query<{ hash: string; text: string }>(
      'SELECT password_hash AS hash, users::text AS text FROM users WHERE id = $1',
      [body.id],
    );
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(row?.text).not.toContain('correct horse');
  });

  it('commits the audit record, the token and the welcome job with the user', async () => {
    const { body } = await create();
    const [row] = await api.database.query(
      `SELECT (SELECT count(*)::int FROM audit_log WHERE target_id = $1 AND action = 'user.created'
                  AND actor_kind = 'anonymous' AND ip = '127.0.0.1') AS audits,
              (SELECT count(*)::int FROM mailed_tokens WHERE user_id = $1) AS tokens,
              (SELECT count(*)::int FROM pgboss.job WHERE data -> 'payload' ->> 'user_id' = $1::text) AS jobs`,
      [body.id],
    );
    expect(row).toEqual({ audits: 1, tokens: 1, jobs: 1 });
  });

  it('trims addresses and names', async () => {
    const email = uniqueEmail();
    const { body } = await create({ email: `  ${email} `, name: '  Ada  ' });
    expect(body).toMatchObject({ email, name: 'Ada' });
  });

  it('refuses a taken address in any case with 409, even for concurrent requests', async () => {
    const body = signUp();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
    const again = await create({ ...body, email: body.email.toUpperCase() });
    expectProblem(again, 409, 'users.email-taken');
    expect(again.text).not.toContain(body.email);
  });

  it('names all invalid fields at once, including unknown ones', async () => {
    const answer = await create({
      email: 'nobody',
      name: '',
      password: 'short',
      source: 'x'.repeat(65),
      tier: 'free!',
      role: 'superuser',
      'a/b': 1,
    });
    expect(pointers(expectProblem(answer, 400, 'request.invalid'))).toEqual([
      '/a~1b',
      '/email',
      '/name',
      '/password',
      '/role',
      '/source',
      '/tier',
    ]);
  });

  it('treats names of inherited properties as unknown fields', async () => {
    const { body } = await create();
    for (const field of ['toString', 'valueOf', 'hasOwnProperty'])
      expectProblem(await send('PATCH', body.id, { [field]: 1 }), 400, 'request.invalid');
  });

  it.each([
    ['an address of 255 characters', { email: `${'a'.repeat(243)}@example.com` }, '/email'],
    ['an address with a newline', { email: 'a@example.com\nBcc: b@example.com' }, '/email'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, '/name'],
    ['a name of spaces', { name: '   ' }, '/name'],
    ['a name with a zero byte', { name: 'a\u0000b' }, '/name'],
    ['a name with a lone surrogate', { name: 'a\ud800' }, '/name'],
    ['a common password', { password: 'administrator' }, '/password'],
    ['a password of 129 characters', { password: 'x'.repeat(129) }, '/password'],
    ['a missing address', { email: undefined }, '/email'],
    ['an array for a name', { name: ['Ada'] }, '/name'],
  ])('rejects %s', async (_what, fields, pointer) => {
    const answer = await create(signUp(fields));
    expect(pointers(expectProblem(answer, 400, 'request.invalid'))).toEqual([pointer]);
  });

  it.each([
    ['the longest name', { name: '🦊'.repeat(200) }],
    ['the longest password', { password: `${'é'.repeat(127)}x` }],
  ])('accepts %s', async (_what, fields) => {
    expect((await create(signUp(fields))).status).toBe(201);
  });

  it('answers 404 for an unknown id, and 400 for text that is not an id', async () => {
    const nobody = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const)
      expectProblem(await send(method, nobody, body), 404, 'users.not-found');
    const answer = await get('42');
    expect(expectProblem(answer, 400, 'request.invalid')).toEqual([
      { pointer: 'path/id', detail: 'must be a UUID' },
    ]);
  });

  it('changes a name, the entity tag and updated_at', async () => {
    const { body } = await create();
    const answer = await send('PATCH', body.id, { name: 'Countess' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      ...body,
      name: 'Countess',
      updated_at: expect.any(String) as string,
    });
    expect(answer.body.updated_at > body.updated_at).toBe(true);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect((await get(body.id)).body).toEqual(answer.body);
  });

  it('keeps the entity tag when nothing changes', async () => {
    const { body } = await create();
    const answer = await send('PATCH', body.id, { name: body['name'] });
    expect(answer.headers.get('etag')).toBe('"1"');
  });

  it('protects changes with If-Match', async () => {
    const { id } = (await create()).body;
    const patch = (tag: string) => send('PATCH', id, { name: `by ${tag}` }, { 'if-match': tag });
    expect((await patch('"1"')).status).toBe(200);
    expectProblem(await patch('"1"'), 412, 'request.precondition-failed');
    expectProblem(await patch('W/"2"'), 412, 'request.precondition-failed');
    expect((await patch('"7", "2"')).status).toBe(200);
    expect((await patch('*')).status).toBe(200);
    expectProblem(
      await send('DELETE', id, undefined, { 'if-match': '"1"' }),
      412,
      'request.precondition-failed',
    );
  });

  it('lets one of many concurrent changes with If-Match win', async () => {
    const { id } = (await create()).body;
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        send('PATCH', id, { name: `n${index}` }, { 'if-match': '"1"' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(5);
  });

  it('suspends a user, ends the sessions, and records the old and new status', async () => {
    const { id } = (await create()).body;
    expect((await send('PATCH', id, { status: 'suspended' })).body).toMatchObject({
      status: 'suspended',
    });
    const [row] = await api.database.query(
      `SELECT credentials_version, (SELECT details FROM audit_log
         WHERE target_id = u.id AND action = 'user.status-changed') AS details
         FROM users u WHERE id = $1`,
      [id],
    );
    expect(row).toEqual({
      credentials_version: 2,
      details: { from: 'active', to: 'suspended' },
    });
  });

  it('rejects an empty change and a change of read-only fields', async () => {
    const { id } = (await create()).body;
    expectProblem(await send('PATCH', id, {}), 400, 'request.invalid');
    const answer = await send('PATCH', id, { name: '', tier: 'pro', id: 'x' });
    expect(pointers(expectProblem(answer, 400, 'request.invalid'))).toEqual([
      '/id',
      '/name',
      '/tier',
    ]);
  });

  it('deletes a user: 204, then 404, and the address is free again', async () => {
    const body = signUp();
    const { id } = (await create(body)).body;
    const answer = await send('DELETE', id);
    expect(answer).toMatchObject({ status: 204, text: '' });
    for (const method of ['GET', 'DELETE'])
      expectProblem(await send(method, id), 404, 'users.not-found');
    const again = await create(body);
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(id);
  });

  it('accepts an id in upper case for the same user', async () => {
    const { id } = (await create()).body;
    expect((await get(id.toUpperCase())).body.id).toBe(id);
  });
});
