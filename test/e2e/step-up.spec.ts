import { Client } from 'pg';

import { me, PASSWORD, refresh, type Tokens } from '../support/accounts.js';
import type { Answer } from '../support/caller.js';
import { runCommand } from '../support/warm-process.js';
import {
  factorAudit,
  factorsOf,
  loginFactor,
  loginToken,
  mailsTo,
  userWithApp,
  verifiedUser,
} from '../support/factors.js';
import { claimsOf } from '../support/forged-tokens.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

const WRONG = '000000';

let api: Api;

beforeAll(async () => {
  api = await testApi().start();
});

afterAll(() => api?.stop());

const stepUp = (token: string, proof: object): Promise<Answer<Tokens>> =>
  api.as(token).post('/auth/step-up', proof);

/** Another session, proved by a recovery code. */
async function signInAgain({
  email,
  recoveryCodes: [code],
}: Awaited<ReturnType<typeof userWithApp>>) {
  const token = await loginToken(api, email);
  return (await loginFactor(api, token, { recovery_code: code })).body;
}

async function acrOf(token: string): Promise<unknown> {
  const { body } = await api
    .as(token)
    .get<{ items: { acr: string; current: boolean }[] }>('/auth/sessions');
  return body.items.find(({ current }) => current)?.acr;
}

describe('a step-up', () => {
  it('raises the session by a code, and its refresh token stays', async () => {
    const user = await userWithApp(api);
    const { access_token: token, refresh_token: refreshToken } = user.tokens;
    const raised = await stepUp(token, { code: await user.freshCode() });
    expect(raised.status).toBe(200);
    expect(Object.keys(raised.body).toSorted()).toEqual([
      'access_token',
      'expires_in',
      'token_type',
    ]);
    const before = claimsOf(token);
    expect(before).toMatchObject({ acr: 'aal1', amr: ['pwd'] });
    expect(claimsOf(raised.body.access_token)).toMatchObject({
      sub: user.id,
      sid: before['sid'],
      acr: 'aal2',
      amr: ['pwd', 'otp', 'mfa'],
    });
    expect(await acrOf(token)).toBe('aal2');
    const { body: refreshed } = await refresh(api, refreshToken);
    expect(claimsOf(refreshed.access_token)).toMatchObject({
      acr: 'aal2',
      amr: ['pwd', 'otp', 'mfa'],
      auth_time: claimsOf(raised.body.access_token)['auth_time'],
    });
  });

  it('takes each recovery code once, however it is spelled, and tells the owner', async () => {
    const user = await userWithApp(api);
    const [first = ''] = user.recoveryCodes;
    const spelling = first.toLowerCase().replaceAll('-', ' ');
    expect((await stepUp(user.tokens.access_token, { recovery_code: spelling })).status).toBe(200);
    const again = await stepUp(user.tokens.access_token, { recovery_code: first });
    expectProblem(again, 401, 'auth.invalid-credentials');
    expect((await user.list()).find(({ type }) => type === 'recovery_codes')?.remaining).toBe(9);
    await waitFor(
      'the mail',
      async () => (await mailsTo(api.database, user.id, 'recovery_code_used')) === 1,
    );
    expect(await factorAudit(api.database, user.id)).toContainEqual(
      expect.objectContaining({ action: 'auth.recovery-code-used' }),
    );
  });

  it('refuses a code that was used', async () => {
    const user = await userWithApp(api);
    const code = await user.code();
    const replayed = await stepUp(user.tokens.access_token, { code });
    expectProblem(replayed, 401, 'auth.invalid-credentials');
  });

  it.each([[{}], [{ code: WRONG, recovery_code: 'K7QF-0A1B-XYZ2-9MNS' }], [{ code: '12345' }]])(
    'refuses %j',
    async (proof) => {
      const user = await verifiedUser(api, api.database);
      expectProblem(await stepUp(user.tokens.access_token, proof), 400, 'request.invalid');
    },
  );

  it('ends the session after five wrong codes, and no other', async () => {
    const user = await userWithApp(api);
    const other = await signInAgain(user);
    const token = user.tokens.access_token;
    for (const _try of Array.from({ length: 4 }))
      expectProblem(await stepUp(token, { code: WRONG }), 401, 'auth.invalid-credentials');
    // A right one in between forgives the wrong ones.
    expect((await stepUp(token, { code: await user.freshCode() })).status).toBe(200);
    for (const _try of Array.from({ length: 5 }))
      expectProblem(await stepUp(token, { code: WRONG }), 401, 'auth.invalid-credentials');
    expectProblem(await me(api, token), 401, 'auth.unauthenticated');
    expect((await me(api, other.access_token)).status).toBe(200);
  });

  it('ends no session while a right proof is being checked', async () => {
    const user = await userWithApp(api);
    const [code] = user.recoveryCodes;
    const holder = new Client(api.database.url);
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE recovery_codes IN SHARE MODE');
    let refused = 0;
    const tries = Array.from({ length: 8 }, async () => {
      const { status } = await stepUp(user.tokens.access_token, { recovery_code: code });
      if (status === 401) refused += 1;
      return status;
    });
    await waitFor('those past the fifth', () => refused === 3);
    await holder.end();
    expect((await Promise.all(tries)).filter((status) => status === 200)).toHaveLength(1);
  });

  it('counts no try that could not be checked', async () => {
    const user = await userWithApp(api);
    const code = await user.freshCode();
    await api.database.query(`UPDATE factors SET secret = 'unreadable' WHERE id = $1`, [
      user.appId,
    ]);
    for (const _try of Array.from({ length: 6 }))
      expectProblem(
        await stepUp(user.tokens.access_token, { code }),
        503,
        'dependency.unavailable',
      );
    const [recoveryCode] = user.recoveryCodes;
    const raised = await stepUp(user.tokens.access_token, { recovery_code: recoveryCode });
    expect(raised.status).toBe(200);
  });

  it('lets no more than five guesses through, however many come at once', async () => {
    const user = await userWithApp(api);
    await Promise.all(
      Array.from({ length: 30 }, () => stepUp(user.tokens.access_token, { code: WRONG })),
    );
    const rows = await api.database.query(
      `SELECT step_up_failures, ended_at IS NOT NULL AS ended FROM sessions WHERE user_id = $1`,
      [user.id],
    );
    expect(rows).toEqual([{ step_up_failures: 5, ended: true }]);
  });
});

describe('changes of factors', () => {
  it('need a second factor that was proved lately, once there is one', async () => {
    const user = await userWithApp(api);
    const { appId } = user;
    for (const refused of [
      await user.start({ current_password: PASSWORD }),
      await user.renewCodes(),
      await user.rename(appId, 'Mine'),
      await user.remove(appId),
    ]) {
      expectProblem(refused, 401, 'auth.step-up-required');
      expect(refused.headers.get('www-authenticate')).toBe(
        'Bearer error="insufficient_user_authentication", acr_values="aal2", max_age="900"',
      );
    }
    await stepUp(user.tokens.access_token, { code: await user.freshCode() });
    // It replaces the password.
    expect((await user.start({})).status).toBe(201);
    expect((await user.renewCodes()).status).toBe(200);
    await api.database.query(
      `UPDATE sessions SET auth_time = now() - interval '901 seconds' WHERE user_id = $1`,
      [user.id],
    );
    await waitFor(
      'the cached proof to be over',
      async () => (await user.renewCodes()).status === 401,
    );
  });

  it('return the sessions that a removed factor proved to aal1, and no others', async () => {
    const user = await userWithApp(api);
    const second = await signInAgain(user);
    await stepUp(user.tokens.access_token, { code: await user.freshCode() });
    await user.add('Tablet');
    expect((await user.remove(user.appId)).status).toBe(204);
    expect(await acrOf(user.tokens.access_token)).toBe('aal1');
    expect(await acrOf(second.access_token)).toBe('aal2');
  });
});

describe('cli users reset-factors', () => {
  const reset = (email: string) =>
    runCommand(['users', 'reset-factors', '--email', email, '--json'], {
      DATABASE_URL: api.database.url,
    });

  it('removes all factors, what they proved, and tells the owner', async () => {
    const user = await userWithApp(api);
    await stepUp(user.tokens.access_token, { code: await user.freshCode() });
    expect(await reset(user.email.toUpperCase())).toMatchObject({
      code: 0,
      stdout: '{"removed":2}\n',
    });
    expect(await factorsOf(api.as(user), user.id).list()).toEqual([]);
    await waitFor(
      'the session to be lower',
      async () => (await acrOf(user.tokens.access_token)) === 'aal1',
    );
    await waitFor(
      'the mail',
      async () => (await mailsTo(api.database, user.id, 'factor_removed')) === 1,
    );
    expect(await reset(user.email)).toMatchObject({ code: 0, stdout: '{"removed":0}\n' });
  });

  it('fails for an unknown address', async () => {
    expect(await reset('nobody@example.com')).toMatchObject({
      code: 1,
      stderr: 'There is no user with this address.\n',
    });
  });
});
