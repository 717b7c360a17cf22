import { createUser, login, superuser } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';

const CHALLENGE =
  'Bearer error="insufficient_user_authentication", acr_values="aal2", max_age="600"';
let service: Api;

beforeAll(async () => {
  service = await testApi()
    .with({ SUPERUSER_SECOND_FACTOR: 'required', STEP_UP_MAX_AGE: '600' })
    .start();
});

afterAll(() => service?.stop());

describe('with SUPERUSER_SECOND_FACTOR=required, a superuser', () => {
  it('has the rights of self only, and is told how to get the others', async () => {
    const admin = await superuser(service, service.database);
    const user = await createUser(service);
    const own = `/users/${admin.id}`;
    expect((await service.as(admin).get(own)).body).toMatchObject({ role: 'superuser' });
    expect((await service.as(admin).patch(own, { name: 'Grace' })).status).toBe(200);
    for (const answer of [
      await service.as(admin).get('/users'),
      await service.as(admin).get('/admin/audit'),
      await service.as(admin).get(`/users/${user.id}`),
      await service.as(admin).patch(`/users/${user.id}`, { role: 'superuser' }),
    ]) {
      expectProblem(answer, 401, 'auth.step-up-required');
      expect(answer.headers.get('www-authenticate')).toBe(CHALLENGE);
    }
    // A web address in a name is for trusted callers.
    const link = await service.as(admin).patch(own, { name: 'https://example.com' });
    expectProblem(link, 400, 'request.invalid');
  });

  it('has all rights in a session with a second factor, however old', async () => {
    const admin = await superuser(service, service.database);
    // No request has used the session yet, so that its state is in no cache.
    await service.database.query(
      `UPDATE sessions SET acr = 'aal2', auth_time = now() - interval '1 day' WHERE user_id = $1`,
      [admin.id],
    );
    const user = await createUser(service);
    const strong = service.as(admin);
    expect((await strong.get('/users')).status).toBe(200);
    expect((await strong.patch(`/users/${user.id}`, { status: 'suspended' })).status).toBe(200);
  });

  it('is no exception for others: they are forbidden what they were forbidden', async () => {
    const { email } = await createUser(service);
    const { body } = await login(service, email);
    expectProblem(await service.as(body.access_token).get('/users'), 403, 'auth.forbidden');
  });
});
