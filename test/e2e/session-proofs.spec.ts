import { createUser, login, me, refresh, signedIn } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import { claimsOf } from '../support/forged-tokens.js';
import { valueOf } from '../support/series.js';
import { type Api, testApi } from '../support/test-api.js';

const DAY = 86_400;
let service: Api;

beforeAll(async () => {
  service = await testApi()
    .with({ SESSION_MAX_SECONDS: String(10 * DAY) })
    .start();
});

afterAll(() => service?.stop());

/** Makes all sessions of a user look older. */
const age = (userId: string, seconds: number) =>
  service.database.query(
    `UPDATE sessions SET created_at = created_at - make_interval(secs => $2),
                         auth_time = auth_time - make_interval(secs => $2) WHERE user_id = $1`,
    [userId, seconds],
  );

describe('a session', () => {
  it('tells in its tokens and in the list that a password has opened it, and when', async () => {
    const before = Math.floor(Date.now() / 1000);
    const user = await signedIn(service);
    const { acr, amr, auth_time } = claimsOf(user.tokens.access_token);
    expect([acr, amr]).toEqual(['aal1', ['pwd']]);
    expect(auth_time).toBeGreaterThanOrEqual(before);
    expect(auth_time).toBeLessThanOrEqual(Math.floor(Date.now() / 1000));
    const { body } = await service.as(user).get('/auth/sessions');
    expect(body['items']).toEqual([expect.objectContaining({ current: true, acr: 'aal1' })]);
  });

  it('keeps its proof and the time of it over a refresh', async () => {
    const user = await signedIn(service);
    const { auth_time: opened } = claimsOf(user.tokens.access_token);
    await age(user.id, 1000);
    await service.database.query(
      `UPDATE sessions SET acr = 'aal2', amr = '{pwd,otp,mfa}' WHERE user_id = $1`,
      [user.id],
    );
    const { body } = await refresh(service, user.tokens.refresh_token);
    expect(claimsOf(body.access_token)).toMatchObject({
      acr: 'aal2',
      amr: ['pwd', 'otp', 'mfa'],
      auth_time: Number(opened) - 1000,
    });
  });

  it('ends after SESSION_MAX_SECONDS, however often it is refreshed', async () => {
    const user = await signedIn(service);
    await age(user.id, 10 * DAY - 60);
    const { body } = await refresh(service, user.tokens.refresh_token);
    expect((await me(service, body.access_token)).status).toBe(200);
    const [session] = await service.database.query<{ left: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float8 AS left FROM sessions WHERE user_id = $1`,
      [user.id],
    );
    expect(session?.left).toBeLessThanOrEqual(60);
    expect(session?.left).toBeGreaterThan(0);

    // Opened before the variable was set: its end was later.
    await service.database.query(
      `UPDATE sessions SET created_at = created_at - interval '1 minute', expires_at = now() + interval '1 day'
        WHERE user_id = $1`,
      [user.id],
    );
    const late = await refresh(service, body.refresh_token);
    expectProblem(late, 401, 'auth.invalid-credentials');
  });

  it('is counted by method, result and level', async () => {
    const { email } = await createUser(service);
    const count = async (labels: string) =>
      valueOf((await service.get('/metrics')).text, `sign_ins_total{${labels}}`);
    const opened = 'method="password",result="succeeded",acr="aal1"';
    const refused = 'method="password",result="refused",acr="none"';
    const before = [await count(opened), await count(refused)];
    expect(await count('method="refresh_token",result="succeeded",acr="aal2"')).toBe(1);
    await login(service, email);
    await login(service, email, 'wrong-password-here');
    expect([await count(opened), await count(refused)]).toEqual(before.map((value) => value + 1));
  });
});
