import { randomUUID } from 'node:crypto';

import { API_KEY } from '../support/caller.js';
import { UUID, expectProblem } from '../support/http.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';

describe('GET /users/{id}/export', () => {
  let api: RunningApi;
  const headers = { 'x-api-key': API_KEY };

  beforeAll(async () => {
    api = await sharedApi();
  });

  async function create(): Promise<string> {
    const body = {
      email: `${randomUUID()}@example.com`,
      name: 'Ada',
      password: 'correct horse battery',
    };
    const { body: user } = await api.post('/users', body, headers);
    return String(user['id']);
  }

  it('contains profile, sessions, mailed tokens and audit entries, but no secrets', async () => {
    const [id, other] = [await create(), await create()];
    await api.database.query(
      `INSERT INTO sessions (id, user_id, expires_at, ip, user_agent)
       VALUES (gen_random_uuid(), $1, now() + interval '1 day', '192.0.2.7', 'curl')`,
      [id],
    );
    await api.database.query(
      `INSERT INTO audit_log (id, action, actor_kind, actor_id, target_id, ip)
       VALUES (gen_random_uuid(), 'by', 'user', $1, $2, '192.0.2.7'),
              (gen_random_uuid(), 'about', 'user', $2, $1, '198.51.100.7')`,
      [id, other],
    );
    const {
      status,
      body,
      text,
      headers: answered,
    } = await api.get<{
      user: { id: string };
      sessions: object[];
      mailed_tokens: object[];
      audit_log: { action: string; ip: string | null; by_user: boolean; about_user: boolean }[];
    }>(`/users/${id}/export`, headers);
    expect(status).toBe(200);
    expect(answered.get('cache-control')).toBe('no-store');
    expect(body.user.id).toBe(id);
    expect(body.sessions).toEqual([
      expect.objectContaining({ ip: '192.0.2.7', user_agent: 'curl' }),
    ]);
    expect(body.mailed_tokens).toEqual([
      expect.objectContaining({ purpose: 'verify_email', used_at: null }),
    ]);
    const entry = (action: string) => body.audit_log.find((found) => found.action === action);
    expect(entry('user.created')).toMatchObject({ about_user: true });
    expect(entry('user.exported')).toMatchObject({ about_user: true });
    expect(entry('by')).toMatchObject({ by_user: true, about_user: false, ip: '192.0.2.7' });
    // Who else did something, and from where, is theirs.
    expect(entry('about')).toMatchObject({ by_user: false, about_user: true, ip: null });
    expect(text).not.toContain(other);
    expect(text).not.toContain('198.51.100.7');
    expect(text).not.toMatch(/argon2|hash/);
  });

  it('contains devices, failed sign-ins and stored answers of a user', async () => {
    const created = await api.post(
      '/users',
      {
        email: `${randomUUID()}@example.com`,
        name: 'Ada',
        password: 'correct horse battery',
      },
      { ...headers, 'idempotency-key': 'of-the-service' },
    );
    const id = String(created.body['id']);
    const email = String(created.body['email']);
    const login = (password: string) => api.post('/auth/login', { email, password });
    expect((await login('correct horse battery')).status).toBe(200);
    expectProblem(await login('wrong'), 401, 'auth.invalid-credentials');
    expectProblem(await login('wrong'), 401, 'auth.invalid-credentials');
    await api.database.query(
      `INSERT INTO idempotency_keys (scope, key, fingerprint, locked_until, status, body)
       VALUES ('user:' || $1 || ' POST /users', 'of-the-user', '', now(), 403, '{"status":403}'),
              ('user:' || gen_random_uuid() || ' POST /users', 'of-another', '', now(), 403, '{}')`,
      [id],
    );
    const { status, body, text } = await api.get<{
      sessions: { device_id: string | null }[];
      sign_in_failures: object[];
      idempotent_answers: object[];
    }>(`/users/${id}/export`, headers);
    expect(status).toBe(200);
    expect(body.sessions).toEqual([
      expect.objectContaining({ device_id: expect.stringMatching(UUID) as string }),
    ]);
    const counted = { count: 2, first_at: expect.any(String) as string };
    expect(body.sign_in_failures).toEqual([
      expect.objectContaining({ origin: '127.0.0.1', ...counted }),
      expect.objectContaining({ origin: 'account', ...counted }),
    ]);
    expect(body.idempotent_answers).toEqual([
      {
        request: 'POST /users',
        key: null,
        status: 201,
        headers: expect.objectContaining({ location: `/users/${id}` }) as object,
        body: created.body,
        created_at: expect.any(String) as string,
      },
      expect.objectContaining({ key: 'of-the-user', status: 403, body: { status: 403 } }),
    ]);
    expect(text).not.toMatch(/of-the-service|of-another|argon2|hash/);
  });

  it('contains the jobs of the user, but neither those of others nor token ids', async () => {
    const [id] = [await create(), await create()];
    const { body: user } = await api.get(`/users/${id}`, headers);
    const forgot = { method: 'POST', body: { email: user['email'] } };
    expect((await api.request('/auth/password/forgot', forgot)).status).toBe(202);
    await api.database.query(
      `UPDATE pgboss.job SET state = 'failed', retry_count = 3, started_on = now(), completed_on = now()
        WHERE name = 'email' AND data -> 'payload' ->> 'user_id' = $1`,
      [id],
    );
    // Ids in paths may be in capitals.
    const { body } = await api.get(`/users/${id.toUpperCase()}/export`, headers);
    const at = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect(body['jobs']).toEqual([
      {
        id: expect.stringMatching(UUID) as string,
        queue: 'email',
        state: 'failed',
        retry_count: 3,
        created_at: at,
        started_at: at,
        completed_at: at,
        payload: { template: 'welcome' },
      },
      {
        id: expect.stringMatching(UUID) as string,
        queue: 'account_mail',
        state: 'created',
        retry_count: 0,
        created_at: at,
        started_at: null,
        completed_at: null,
        payload: { purpose: 'password_reset' },
      },
    ]);
  });

  it('is refused to strangers, and 404 for unknown users', async () => {
    const id = await create();
    expect((await api.get(`/users/${id}/export`)).status).toBe(401);
    expect((await api.get(`/users/${randomUUID()}/export`, headers)).status).toBe(404);
    await api.delete(`/users/${id}`, headers);
    expect((await api.get(`/users/${id}/export`, headers)).status).toBe(404);
  });
});
