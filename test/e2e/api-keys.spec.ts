import { acceptedFor, NOTICED_MS } from '../support/accepted-for.js';
import { superuser } from '../support/accounts.js';
import { type ApiKeyPage, createKey, type IssuedKey, KEYS } from '../support/api-keys.js';
import type { Principal } from '../support/caller.js';
import { factorsOf } from '../support/factors.js';
import { expectProblem, pointers, UUID } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

const NOBODY = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';

describe('API keys', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().withoutJobs().withFaults().start();
  });

  afterAll(() => api?.stop());

  const use = (key: string) => api.as({ key }).get('/users?limit=1');
  const rotate = (id: string, body?: object) =>
    api.as('service').post<IssuedKey>(`${KEYS}/${id}/rotate`, body);

  it('are created with their text, which is shown once and stored as a hash', async () => {
    const root = await superuser(api, api.database);
    const answer = await api.as(root).post<IssuedKey>(KEYS, {
      name: ' Billing ',
      scopes: ['users:read', 'users:list', 'users:read'],
      expires_in_days: 30,
    });
    expect(answer.status).toBe(201);
    const { id, key, created_at, expires_at, ...others } = answer.body;
    expect(id).toMatch(UUID);
    const hex = id.replaceAll('-', '');
    expect(key).toMatch(new RegExp(`^cnua_${hex}_[0-9A-Za-z]{43}_[0-9a-f]{8}$`));
    expect(others).toEqual({
      name: 'Billing',
      prefix: `cnua_${hex}`,
      scopes: ['users:list', 'users:read'],
      last_used_at: null,
      created_by: root.id,
    });
    const days = (Date.parse(String(expires_at)) - Date.parse(created_at)) / 86_400_000;
    expect(days).toBeCloseTo(30, 3);
    const secret = key.split('_')[2] ?? '';
    const dump = await api.database.query(
      `SELECT to_jsonb(k) AS k, encode(s.digest, 'escape') AS s FROM api_keys k JOIN api_key_secrets s ON s.key_id = k.id
        UNION ALL SELECT to_jsonb(a), '' FROM audit_log a`,
    );
    expect(JSON.stringify(dump)).toContain(id);
    expect(JSON.stringify(dump)).not.toContain(secret);
    expect(api.output()).not.toContain(secret);
    const page = await api.as('service').get<ApiKeyPage>(`${KEYS}?limit=1`);
    expect(page.body.items[0]).toEqual({ id, created_at, expires_at, ...others });
    expect(page.text).not.toContain(secret);
  });

  it('are listed by page, newest first', async () => {
    const made = [await createKey(api, ['users:read']), await createKey(api, ['users:read'])];
    const first = await api.as('service').get<ApiKeyPage>(`${KEYS}?limit=1`);
    const next = `${KEYS}?limit=1&cursor=${first.body.next_cursor}`;
    const second = await api.as('service').get<ApiKeyPage>(next);
    const ids = [...second.body.items, ...first.body.items].map(({ id }) => id);
    expect(ids).toEqual(made.map(({ id }) => id));
  });

  it('work at once and until they are revoked', async () => {
    const { id, key } = await createKey(api, ['users:list']);
    expect((await use(key)).status).toBe(200);
    expect((await api.as('service').delete(`${KEYS}/${id}`)).status).toBe(204);
    expectProblem(await use(key), 401, 'auth.unauthenticated');
    expectProblem(await api.as('service').delete(`${KEYS}/${id}`), 404, 'request.not-found');
  });

  it('are changed at once', async () => {
    const { id, key } = await createKey(api, ['users:list']);
    expect((await use(key)).status).toBe(200);
    const changed = await api
      .as('service')
      .patch<IssuedKey>(`${KEYS}/${id}`, { name: 'Reports', scopes: ['users:read'] });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ id, name: 'Reports', scopes: ['users:read'] });
    expect(changed.body).not.toHaveProperty('key');
    expectProblem(await use(key), 403, 'auth.forbidden');
    const missing = await api.as('service').patch(`${KEYS}/${NOBODY}`, { name: 'Reports' });
    expectProblem(missing, 404, 'request.not-found');
  });

  it('are rotated: earlier texts are valid for the grace', async () => {
    const first = await createKey(api, ['users:list']);
    const second = await rotate(first.id);
    expect(second.status).toBe(200);
    const { key: _first, ...before } = first;
    expect(second.body).toMatchObject(before);
    const statuses = async (...keys: string[]) =>
      Promise.all(keys.map(async (key) => (await use(key)).status));
    expect(second.body.key).not.toBe(first.key);
    expect(await statuses(first.key, second.body.key)).toEqual([200, 200]);
    const [ends] = await api.database.query<{ seconds: number }>(
      `SELECT extract(epoch FROM valid_until - now())::int AS seconds FROM api_key_secrets
        WHERE key_id = $1 AND valid_until IS NOT NULL`,
      [first.id],
    );
    expect(ends?.seconds).toBeGreaterThan(3590);
    expect(ends?.seconds).toBeLessThanOrEqual(3600);
    const third = await rotate(first.id, { grace_seconds: 0 });
    expect(await statuses(first.key, second.body.key, third.body.key)).toEqual([401, 401, 200]);
  });

  it('end when they expire, and an earlier text with its grace', async () => {
    const { id, key } = await createKey(api, ['users:list']);
    const { body: next } = await rotate(id);
    expect((await use(key)).status).toBe(200);
    await api.database.query(
      `UPDATE api_key_secrets SET valid_until = now() WHERE key_id = $1 AND valid_until IS NOT NULL`,
      [id],
    );
    const graceEnded = performance.now();
    const status = async (text: string) => (await use(text)).status;
    expect(await acceptedFor(() => status(key), graceEnded)).toBeLessThan(NOTICED_MS);
    expect(await status(next.key)).toBe(200);
    await api.database.query('UPDATE api_keys SET expires_at = now() WHERE id = $1', [id]);
    const expired = performance.now();
    expect(await acceptedFor(() => status(next.key), expired)).toBeLessThan(NOTICED_MS);
  });

  it('are refused with a typo, without a look-up', async () => {
    const { id, key } = await createKey(api, ['users:list']);
    const typo = key.replace(
      /_(.)(?=[^_]*_[^_]*$)/,
      (_, letter) => `_${letter === 'a' ? 'b' : 'a'}`,
    );
    expect(typo).not.toBe(key);
    await api.as('service').delete(`${KEYS}/${id}`);
    const faults = [{ route: '*', dependency: 'database', seconds: 60 }];
    await api.as('service').request('/admin/faults', { method: 'PUT', body: { faults } });
    try {
      expectProblem(await use(typo), 401, 'auth.unauthenticated');
      expectProblem(await use(key.slice(0, -1)), 401, 'auth.unauthenticated');
      expectProblem(await use(key), 503, 'dependency.unavailable');
    } finally {
      await api.as('service').delete('/admin/faults');
    }
    expectProblem(await use(key), 401, 'auth.unauthenticated');
    const { text } = await api.get('/metrics');
    expect(text).toContain('api_keys_refused_total{reason="malformed"} 2');
  });

  it('show when they were last used, to the minute', async () => {
    const { id, key } = await createKey(api, ['users:list']);
    const before = Date.now();
    await use(key);
    const lastUsed = await waitFor('the use to be recorded', async () => {
      const { body } = await api.as('service').get<ApiKeyPage>(`${KEYS}?limit=100`);
      return body.items.find((item) => item.id === id)?.last_used_at ?? undefined;
    });
    expect(lastUsed).toMatch(/:00\.000Z$/);
    expect(Date.parse(lastUsed)).toBeGreaterThanOrEqual(before - 60_000);
    expect(Date.parse(lastUsed)).toBeLessThanOrEqual(Date.now());
  });

  it('are changed by a superuser with a second factor only after it was proved lately', async () => {
    const root = await superuser(api, api.database);
    const own = await createKey(api, ['users:list'], root);
    await api.database.query('UPDATE users SET email_verified = true WHERE id = $1', [root.id]);
    const { body } = await factorsOf(api.as(root), root.id).add();
    const revoke = (by: Principal) => api.as(by).delete(`${KEYS}/${own.id}`);
    const changes = [
      api.as(root).post(KEYS, { name: 'x', scopes: ['*'] }),
      api.as(root).patch(`${KEYS}/${own.id}`, { name: 'x' }),
      api.as(root).post(`${KEYS}/${own.id}/rotate`),
      revoke(root),
    ];
    for (const answer of await Promise.all(changes))
      expectProblem(answer, 401, 'auth.step-up-required');
    expect((await api.as(root).get(KEYS)).status).toBe(200);
    const [code = ''] = body.recovery_codes ?? [];
    const proved = await api
      .as(root)
      .post<{ access_token: string }>('/auth/step-up', { recovery_code: code });
    expect((await revoke(proved.body.access_token)).status).toBe(204);
  });

  it('name themselves in the audit log', async () => {
    const { id, key } = await createKey(api, ['admin:api-keys', 'users:read']);
    const made = await createKey(api, ['users:read'], { key });
    expect(made.created_by).toBe(id);
    await api.as({ key }).post(`${KEYS}/${made.id}/rotate`);
    await api.as({ key }).patch(`${KEYS}/${made.id}`, { name: 'x' });
    await api.as({ key }).delete(`${KEYS}/${made.id}`);
    const { body } = await api
      .as('service')
      .get<{ items: object[] }>(`/admin/audit?target_id=${made.id}`);
    const actor = { kind: 'service', id };
    const actions = ['revoked', 'updated', 'rotated', 'created'];
    expect(body.items).toMatchObject(
      actions.map((what) => ({ action: `api-key.${what}`, actor, target_id: made.id })),
    );
  });

  it.each([
    [{}, ['/name', '/scopes']],
    [{ name: '', scopes: [] }, ['/name', '/scopes']],
    [{ name: 'x', scopes: ['users:read', 'users:fly'] }, ['/scopes/1']],
    [{ name: 'x', scopes: ['users:set-password'] }, ['/scopes/0']],
    [{ name: 'x', scopes: ['users:set-role'] }, ['/scopes/0']],
    [{ name: 'x', scopes: ['account:own'] }, ['/scopes/0']],
    [{ name: 'x', scopes: ['public'] }, ['/scopes/0']],
    [{ name: 'x', scopes: '*' }, ['/scopes']],
    [{ name: 'x', scopes: ['*'], expires_in_days: 0 }, ['/expires_in_days']],
    [{ name: 'x', scopes: ['*'], expires_in_days: null }, ['/expires_in_days']],
  ])('are not created from %j', async (body, faulty) => {
    const answer = await api.as('service').post(KEYS, body);
    expect(pointers(expectProblem(answer, 400, 'request.invalid'))).toEqual(faulty);
  });

  it('are neither changed nor rotated by an invalid request', async () => {
    const { id } = await createKey(api, ['users:list']);
    const invalid = [
      await api.as('service').patch(`${KEYS}/${id}`, {}),
      await api.as('service').patch(`${KEYS}/${id}`, { scopes: ['users:fly'] }),
      await rotate(id, { grace_seconds: -1 }),
      await rotate('x'),
    ];
    for (const answer of invalid) expectProblem(answer, 400, 'request.invalid');
  });
});
