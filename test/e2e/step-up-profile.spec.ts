import { createUser, login, PASSWORD } from '../support/accounts.js';
import { loginFactor, loginToken, verifiedUser } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';

const NEXT = 'another-long-passphrase';
let api: RunningApi;

beforeAll(async () => {
  api = await sharedApi();
});

/** A user with an authenticator app, in a session that a password has opened. */
async function userWithApp() {
  const user = await verifiedUser(api, api.database);
  const { body } = await user.add();
  const self = api.as(user);
  const recoveryCode = body.recovery_codes?.[0];
  const raise = () => user.stepUp(recoveryCode);
  return { ...user, self, raise, recoveryCode, path: `/users/${user.id}` };
}

describe('with a second factor', () => {
  it('one changes the own password by it alone, and not by the current password alone', async () => {
    const { self, path, email, raise } = await userWithApp();
    const byPassword = await self.patch(path, { password: NEXT, current_password: PASSWORD });
    expectProblem(byPassword, 401, 'auth.step-up-required');
    expect((await raise()).status).toBe(200);
    expect((await self.patch(path, { password: NEXT })).status).toBe(200);
    expect((await login(api, email, NEXT)).body).toMatchObject({ code: 'auth.factor-required' });
  });

  it('one changes the own address and deletes oneself only with it, and the name without', async () => {
    const { self, path, id, raise } = await userWithApp();
    const email = `moved-${id}@example.com`;
    const moved = await self.patch(path, { email, current_password: PASSWORD });
    expectProblem(moved, 401, 'auth.step-up-required');
    expectProblem(await self.delete(path), 401, 'auth.step-up-required');
    expect((await self.patch(path, { name: 'Grace' })).status).toBe(200);
    await raise();
    expect((await self.patch(path, { email })).body).toMatchObject({ email });
    expect((await self.delete(path)).status).toBe(204);
  });

  it('superusers change roles only with it, and other fields without', async () => {
    const admin = await userWithApp();
    await api.database.query(`UPDATE users SET role = 'superuser' WHERE id = $1`, [admin.id]);
    const token = await loginToken(api, admin.email);
    const { body } = await loginFactor(api, token, { recovery_code: admin.recoveryCode });
    await api.database.query(
      `UPDATE sessions SET auth_time = now() - interval '901 seconds' WHERE user_id = $1`,
      [admin.id],
    );
    const { id } = await createUser(api);
    const changes = api.as(body.access_token);
    const role = () => changes.patch(`/users/${id}`, { role: 'superuser' });
    expectProblem(await role(), 401, 'auth.step-up-required');
    expect((await changes.patch(`/users/${id}`, { status: 'suspended' })).status).toBe(200);
    expect((await changes.patch(`/users/${id}`, { email: `${id}@example.com` })).status).toBe(200);
  });
});

describe('without a second factor', () => {
  it('the current password is needed, and enough', async () => {
    const { id, tokens } = await verifiedUser(api, api.database);
    const self = api.as(tokens.access_token);
    const path = `/users/${id}`;
    expectProblem(await self.patch(path, { password: NEXT }), 400, 'request.invalid');
    const changed = await self.patch(path, { password: NEXT, current_password: PASSWORD });
    expect(changed.status).toBe(200);
  });
});
