import { login, refresh, superuser } from '../support/accounts.js';
import { type FactorRequired, loginFactor, loginToken, userWithApp } from '../support/factors.js';
import { claimsOf } from '../support/forged-tokens.js';
import { expectProblem } from '../support/http.js';
import { valueOf } from '../support/series.js';
import { type Api, testApi } from '../support/test-api.js';

const WRONG = '000000';
let api: Api;

beforeAll(async () => {
  api = await testApi().with({ SUPERUSER_SECOND_FACTOR: 'required' }).start();
});

afterAll(() => api?.stop());

type User = Awaited<ReturnType<typeof userWithApp>>;

const sessionsOf = ({ id }: User) =>
  api.database.query<{ acr: string; amr: string[]; factor_id: string | null }>(
    'SELECT acr, amr, factor_id FROM sessions WHERE user_id = $1 ORDER BY id',
    [id],
  );

describe('the sign-in of an account with a second factor', () => {
  it('asks for it, and opens no session, gives no device token and knows no source before', async () => {
    const user = await userWithApp(api);
    await api.database.query('DELETE FROM known_sources WHERE user_id = $1', [user.id]);
    const answer = await login<FactorRequired & Record<string, unknown>>(api, user.email);
    expectProblem(answer, 401, 'auth.factor-required', ['login_token', 'factors', 'expires_in']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatchObject({ factors: ['totp', 'recovery_codes'], expires_in: 300 });
    expect(answer.body.login_token).toMatch(/^[\w-]{43}$/);
    expect(answer.body).not.toHaveProperty('device_token');
    expect(await sessionsOf(user)).toHaveLength(1);
    const sources = 'SELECT source FROM known_sources WHERE user_id = $1';
    expect(await api.database.query(sources, [user.id])).toEqual([]);

    const proof = { code: await user.freshCode() };
    const { status, body } = await loginFactor(api, answer.body.login_token, proof);
    expect(status).toBe(200);
    expect(Object.keys(body).toSorted()).toEqual([
      'access_token',
      'device_token',
      'expires_in',
      'refresh_token',
      'token_type',
    ]);
    const proved = { acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] };
    expect(claimsOf(body.access_token)).toMatchObject(proved);
    expect((await sessionsOf(user)).at(-1)).toEqual({ ...proved, factor_id: user.appId });
    expect(await api.database.query(sources, [user.id])).toEqual([{ source: '127.0.0.1' }]);
    const { body: refreshed } = await refresh(api, body.refresh_token);
    expect(claimsOf(refreshed.access_token)).toMatchObject(proved);
  });

  it('names recovery codes while one is left', async () => {
    const user = await userWithApp(api);
    await api.database.query(
      'DELETE FROM recovery_codes WHERE factor_id IN (SELECT id FROM factors WHERE user_id = $1)',
      [user.id],
    );
    const { body } = await login<FactorRequired>(api, user.email);
    expect(body.factors).toEqual(['totp']);
  });

  it('takes each recovery code once', async () => {
    const user = await userWithApp(api);
    const [code] = user.recoveryCodes;
    const token = await loginToken(api, user.email);
    expect((await loginFactor(api, token, { recovery_code: code })).status).toBe(200);
    const again = await loginFactor(api, await loginToken(api, user.email), {
      recovery_code: code,
    });
    expectProblem(again, 401, 'auth.invalid-credentials');
  });

  it('counts no try that could not be checked', async () => {
    const user = await userWithApp(api);
    const token = await loginToken(api, user.email);
    await api.database.query(`UPDATE factors SET secret = 'unreadable' WHERE id = $1`, [
      user.appId,
    ]);
    for (const _try of Array.from({ length: 6 }))
      expectProblem(
        await loginFactor(api, token, { code: await user.code() }),
        503,
        'dependency.unavailable',
      );
    const [recoveryCode] = user.recoveryCodes;
    expect((await loginFactor(api, token, { recovery_code: recoveryCode })).status).toBe(200);
  });

  it('ends its token by guesses at one app while the secret of another cannot be read', async () => {
    const user = await userWithApp(api);
    await api.database.query(
      `INSERT INTO factors (id, user_id, type, secret, confirmed_at)
       VALUES ('ffffffff-ffff-4fff-bfff-ffffffffffff', $1, 'totp', 'unreadable', now())`,
      [user.id],
    );
    const token = await loginToken(api, user.email);
    for (const _try of Array.from({ length: 5 })) await loginFactor(api, token, { code: '000000' });
    const right = await loginFactor(api, token, { code: await user.freshCode() });
    expectProblem(right, 400, 'auth.invalid-token');
  });

  it('refuses a code that was used, and one of another account', async () => {
    const [user, other] = [await userWithApp(api), await userWithApp(api)];
    const used = await user.freshCode();
    await loginFactor(api, await loginToken(api, user.email), { code: used });
    const token = await loginToken(api, user.email);
    for (const code of [used, await other.freshCode()])
      expectProblem(await loginFactor(api, token, { code }), 401, 'auth.invalid-credentials');
  });

  it.each([[{}], [{ code: WRONG, recovery_code: 'K7QF-0A1B-XYZ2-9MNS' }], [{ code: '12345' }]])(
    'refuses %j',
    async (proof) => {
      expectProblem(await loginFactor(api, 't'.repeat(43), proof), 400, 'request.invalid');
    },
  );

  it('is not asked for after a wrong password, nor while suspended', async () => {
    const user = await userWithApp(api);
    const wrong = await login<FactorRequired & Record<string, unknown>>(api, user.email, 'wrong');
    expectProblem(wrong, 401, 'auth.invalid-credentials');
    expect(wrong.body).not.toHaveProperty('login_token');
    await api.as('service').patch(`/users/${user.id}`, { status: 'suspended' });
    const suspended = await login<Record<string, unknown>>(api, user.email);
    expectProblem(suspended, 401, 'auth.invalid-credentials');
  });

  it('gives a superuser all rights where they need a second factor', async () => {
    const user = await userWithApp(api);
    await api.database.query(`UPDATE users SET role = 'superuser' WHERE id = $1`, [user.id]);
    const token = await loginToken(api, user.email);
    const { body } = await loginFactor(api, token, { code: await user.freshCode() });
    expect((await api.as(body.access_token).get('/users')).status).toBe(200);
    const weak = await superuser(api, api.database);
    expectProblem(await api.as(weak).get('/users'), 401, 'auth.step-up-required');
  });

  it('is counted by method, result and level', async () => {
    const count = async (labels: string) =>
      valueOf((await api.get('/metrics')).text, `sign_ins_total{${labels}}`);
    const series = [
      'method="password",result="factor_required",acr="none"',
      'method="factor",result="refused",acr="none"',
      'method="factor",result="succeeded",acr="aal2"',
    ];
    const before = await Promise.all(series.map(count));
    const user = await userWithApp(api);
    const token = await loginToken(api, user.email);
    await loginFactor(api, token, { code: WRONG });
    await loginFactor(api, token, { code: await user.freshCode() });
    expect(await Promise.all(series.map(count))).toEqual(before.map((value) => value + 1));
  });
});

describe('a login token', () => {
  const expectOver = async (user: User, token: string) =>
    expectProblem(
      await loginFactor(api, token, { code: await user.freshCode() }),
      400,
      'auth.invalid-token',
    );

  it('ends after one sign-in', async () => {
    const user = await userWithApp(api);
    const token = await loginToken(api, user.email);
    expect((await loginFactor(api, token, { code: await user.freshCode() })).status).toBe(200);
    await expectOver(user, token);
  });

  it('ends after five wrong codes, and others of the account do not', async () => {
    const user = await userWithApp(api);
    const [token, other] = [await loginToken(api, user.email), await loginToken(api, user.email)];
    for (const _try of Array.from({ length: 5 }))
      expectProblem(
        await loginFactor(api, token, { code: WRONG }),
        401,
        'auth.invalid-credentials',
      );
    await expectOver(user, token);
    expect((await loginFactor(api, other, { code: await user.freshCode() })).status).toBe(200);
  });

  it('ends after five minutes', async () => {
    const user = await userWithApp(api);
    const token = await loginToken(api, user.email);
    const [row] = await api.database.query(
      `SELECT extract(epoch FROM expires_at - created_at)::int AS seconds FROM login_tokens WHERE user_id = $1`,
      [user.id],
    );
    expect(row).toEqual({ seconds: 300 });
    await api.database.query('UPDATE login_tokens SET expires_at = now() WHERE user_id = $1', [
      user.id,
    ]);
    await expectOver(user, token);
  });

  it.each<[string, (user: User) => Promise<unknown>]>([
    [
      'the password',
      async (user) => {
        await user.stepUp(user.recoveryCodes[0]);
        return api.as(user).patch(`/users/${user.id}`, { password: 'another-long-passphrase' });
      },
    ],
    ['the status', (user) => api.as('service').patch(`/users/${user.id}`, { status: 'suspended' })],
    [
      'the recovery codes',
      async (user) => {
        await user.stepUp(user.recoveryCodes[0]);
        return user.renewCodes();
      },
    ],
    [
      'the factors',
      async (user) => {
        await user.stepUp(user.recoveryCodes[0]);
        return user.add('Tablet');
      },
    ],
  ])('ends with a change of %s', async (_what, change) => {
    const user = await userWithApp(api);
    const token = await loginToken(api, user.email);
    expect(await change(user)).toMatchObject({ status: 200 });
    await expectOver(user, token);
  });

  it('is stored as a hash; unknown ones are refused alike', async () => {
    const user = await userWithApp(api);
    const token = await loginToken(api, user.email);
    const rows = await api.database.query('SELECT t::text AS row FROM login_tokens t');
    expect(JSON.stringify(rows)).not.toContain(token);
    await expectOver(user, 'unknown');
  });
});
