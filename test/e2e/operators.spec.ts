import {
  createUser,
  signedIn,
  superuser,
  type TestUser,
  type Tokens,
} from '../support/accounts.js';
import { createKey } from '../support/api-keys.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';

const NOBODY = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';

describe('operators', () => {
  let api: Api;
  let admin: TestUser & { tokens: Tokens };

  beforeAll(async () => {
    api = await testApi().withoutJobs().start();
    admin = await superuser(api, api.database);
  });

  afterAll(() => api?.stop());

  it('are superusers, and keys with the scope', async () => {
    const user = await signedIn(api);
    const reader = await createKey(api, ['admin:statistics']);
    const worker = await createKey(api, ['admin:jobs']);
    const paths = ['/admin/overview', '/admin/statistics', '/admin/jobs'];
    const statuses = async (caller: Parameters<Api['as']>[0]) =>
      Promise.all(paths.map(async (path) => (await api.as(caller).get(path)).status));
    expect(await statuses(admin)).toEqual([200, 200, 200]);
    expect(await statuses(reader)).toEqual([200, 200, 403]);
    expect(await statuses(worker)).toEqual([403, 403, 200]);
    expect(await statuses(user)).toEqual([403, 403, 403]);
    expect((await api.get('/admin/overview')).status).toBe(401);
  });

  it('see the sessions of a user', async () => {
    const user = await signedIn(api);
    const { body } = await api
      .as(admin)
      .get<{ items: { current: boolean }[] }>(`/users/${user.id}/sessions`);
    expect(body.items).toMatchObject([{ current: false, acr: 'aal1' }]);
    expect((await api.as(user).get(`/users/${user.id}/sessions`)).status).toBe(200);
    expectProblem(await api.as(user).get(`/users/${admin.id}/sessions`), 403, 'auth.forbidden');
    expectProblem(await api.as(admin).get(`/users/${NOBODY}/sessions`), 404, 'users.not-found');
  });

  it('filter users by tier', async () => {
    const { id } = await createUser(api, { name: 'Paying' });
    await api.database.query(`UPDATE users SET tier = 'pro' WHERE id = $1`, [id]);
    const found = async (query: string) =>
      (await api.as(admin).get<{ items: { id: string }[] }>(`/users?${query}`)).body.items;
    expect((await found('tier=pro')).map((user) => user.id)).toEqual([id]);
    expect(await found('tier=pro&q=paying')).toHaveLength(1);
    expect(await found('tier=enterprise')).toEqual([]);
    expectProblem(await api.as(admin).get('/users?tier=gold'), 400, 'request.invalid');
  });
});
