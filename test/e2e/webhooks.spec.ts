import { superuser } from '../support/accounts.js';
import { createKey } from '../support/api-keys.js';
import { expectProblem, pointers, UUID } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import {
  createWebhook,
  type Page,
  type Webhook,
  type WebhookDelivery,
  WEBHOOKS,
  type WebhookWithSecret,
} from '../support/webhooks.js';

const NOBODY = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
const URL = 'https://events.example.com/users';

describe('webhooks', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi({ EVENTS_DATA: 'profile' }).withoutJobs().start();
  });

  afterAll(() => api?.stop());

  const change = (id: string, body: object) =>
    api.as('service').patch<Webhook>(`${WEBHOOKS}/${id}`, body);
  const rotate = (id: string, body: object) =>
    api.as('service').post<WebhookWithSecret>(`${WEBHOOKS}/${id}/rotate-secret`, body);

  it('are created with a secret, which is shown once and stored encrypted', async () => {
    const root = await superuser(api, api.database);
    const answer = await api.as(root).post<WebhookWithSecret>(WEBHOOKS, {
      url: 'https://EVENTS.example.com:443/users?key=1',
      types: ['user.deleted', 'user.created', 'user.created'],
      description: 'Billing',
    });
    expect(answer.status).toBe(201);
    const { id, secret, created_at, updated_at, ...others } = answer.body;
    expect(id).toMatch(UUID);
    expect(secret).toMatch(/^whsec_[0-9A-Za-z+/]{43}=$/);
    expect(others).toEqual({
      url: 'https://events.example.com/users?key=1',
      types: ['user.created', 'user.deleted'],
      description: 'Billing',
      status: 'active',
      created_by: root.id,
    });
    const read = await api.as('service').get<Webhook>(`${WEBHOOKS}/${id.toUpperCase()}`);
    expect(read.body).toEqual({ id, created_at, updated_at, ...others });
    const bytes = secret.slice('whsec_'.length);
    const dump = await api.database.query(
      `SELECT encode(secret, 'base64') AS secret, NULL::jsonb AS audit FROM webhook_secrets
        UNION ALL SELECT NULL, to_jsonb(a) FROM audit_log a`,
    );
    expect(JSON.stringify(dump)).toContain('webhook.created');
    expect(JSON.stringify(dump)).not.toContain(bytes.slice(0, 20));
    expect(api.output()).not.toContain(bytes);
  });

  it('are listed by page, newest first', async () => {
    const made = [await createWebhook(api, URL), await createWebhook(api, URL)];
    const first = await api.as('service').get<Page<Webhook>>(`${WEBHOOKS}?limit=1`);
    const next = `${WEBHOOKS}?limit=1&cursor=${first.body.next_cursor}`;
    const second = await api.as('service').get<Page<Webhook>>(next);
    const ids = [...second.body.items, ...first.body.items].map(({ id }) => id);
    expect(ids).toEqual(made.map(({ id }) => id));
    expect(first.text).not.toContain('secret');
  });

  it('are changed, paused and deleted', async () => {
    const { id } = await createWebhook(api, URL);
    const changed = await change(id, { types: ['*'], description: null, status: 'paused' });
    expect(changed.body).toMatchObject({ types: ['*'], description: null, status: 'paused' });
    expect((await change(id, { status: 'active' })).body.status).toBe('active');
    const test = await api.as('service').post<WebhookDelivery>(`${WEBHOOKS}/${id}/test`);
    expect((await api.as('service').delete(`${WEBHOOKS}/${id}`)).status).toBe(204);
    const retried = await api.as('service').post(`${WEBHOOKS}/deliveries/${test.body.id}/retry`);
    expectProblem(retried, 404, 'request.not-found');
    expectProblem(await api.as('service').get(`${WEBHOOKS}/${id}`), 404, 'request.not-found');
    expectProblem(await change(id, { status: 'paused' }), 404, 'request.not-found');
  });

  it('has one current secret after 64 rotations at once, and none but it without a grace', async () => {
    const { id, secret } = await createWebhook(api, URL);
    const answers = await Promise.all(Array.from({ length: 64 }, () => rotate(id, {})));
    // They wait for each other: on a busy machine the last ones are refused after 3 s.
    const rotated = answers.flatMap(({ status, body }) => (status === 200 ? [body.secret] : []));
    expect(answers.filter(({ status }) => ![200, 503].includes(status))).toEqual([]);
    expect(new Set([...rotated, secret]).size).toBe(rotated.length + 1);
    const count = async (condition: string) =>
      (
        await api.database.query(
          `SELECT id FROM webhook_secrets WHERE webhook_id = '${id}' AND ${condition}`,
        )
      ).length;
    expect([await count('valid_until IS NULL'), await count('true')]).toEqual([
      1,
      rotated.length + 1,
    ]);
    expect((await rotate(id, { grace_seconds: 0 })).status).toBe(200);
    expect([await count('valid_until IS NULL'), await count('true')]).toEqual([1, 1]);
  });

  it.each([
    ['no URL', { url: 'events' }, '/url'],
    ['another scheme', { url: 'ftp://events.example.com' }, '/url'],
    ['a password', { url: URL.replace('//', '//user:secret@') }, '/url'],
    ['a fragment', { url: `${URL}#part` }, '/url'],
    ['a long URL', { url: `${URL}/${'x'.repeat(2048)}` }, '/url'],
    ['a loopback address', { url: 'https://127.1/' }, '/url'],
    ['a private address in another spelling', { url: 'https://0xA000001/' }, '/url'],
    ['a metadata address', { url: 'http://169.254.169.254/latest' }, '/url'],
    ['a mapped address', { url: 'https://[::ffff:10.0.0.1]/' }, '/url'],
    ['the name of this machine', { url: 'https://localhost/' }, '/url'],
    ['an unknown type', { url: URL, types: ['user.vanished'] }, '/types/0'],
    ['no types', { url: URL, types: [] }, '/types'],
    ['all types and one more', { url: URL, types: ['*', 'user.created'] }, '/types'],
    ['an unknown field', { url: URL, secret: 'x' }, '/secret'],
  ])('refuses %s', async (_what, body, pointer) => {
    const answer = await api.as('service').post(WEBHOOKS, { types: ['*'], ...body });
    expect(pointers(expectProblem(answer, 400, 'request.invalid'))).toEqual([pointer]);
  });

  it('are for superusers and keys with the scope, which with profiles may read users too', async () => {
    const body = { url: URL, types: ['*'] };
    const { key } = await createKey(api, ['admin:webhooks']);
    expectProblem(await api.as({ key }).post(WEBHOOKS, body), 403, 'auth.forbidden');
    const { key: reader } = await createKey(api, ['admin:webhooks', 'users:read', 'users:list']);
    const { status, body: made } = await api.as({ key: reader }).post<Webhook>(WEBHOOKS, body);
    expect(status).toBe(201);
    const elsewhere = { url: 'https://elsewhere.example.com' };
    const moved = await api.as({ key }).patch(`${WEBHOOKS}/${made.id}`, elsewhere);
    expectProblem(moved, 403, 'auth.forbidden');
    const { key: other } = await createKey(api, ['users:read']);
    expectProblem(await api.as({ key: other }).get(WEBHOOKS), 403, 'auth.forbidden');
    expectProblem(await api.get(WEBHOOKS), 401, 'auth.unauthenticated');
    const nobody = await api.as('service').post(`${WEBHOOKS}/deliveries/${NOBODY}/retry`);
    expectProblem(nobody, 404, 'request.not-found');
  });
});
