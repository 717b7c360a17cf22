import { generate } from 'otplib';

import { login, PASSWORD, type Tokens } from '../support/accounts.js';
import { Authenticator } from '../support/authenticator.js';
import { browserSession } from '../support/browser-session.js';
import { type FactorRequired, loginFactor, loginToken, verifiedUser } from '../support/factors.js';
import { claimsOf } from '../support/forged-tokens.js';
import { expectProblem } from '../support/http.js';
import {
  addPasskey,
  creationOptions,
  factorOptions,
  PAGES,
  PASSKEY_SETTINGS,
  registerPasskey,
  signInOptions,
  stepUpOptions,
  userWithPasskey,
} from '../support/passkeys.js';
import { type Api, testApi } from '../support/test-api.js';

let api: Api;

beforeAll(async () => {
  api = await testApi().with(PASSKEY_SETTINGS).start();
});

afterAll(() => api?.stop());

describe('a passkey after a password', () => {
  it('is the second factor', async () => {
    const user = await userWithPasskey(api);
    const { body: required } = await login<FactorRequired>(api, user.email);
    expect(required.factors).toEqual(['passkey', 'recovery_codes']);
    const options = await factorOptions(api, required.login_token);
    const known = user.passkey.credentialId.toString('base64url');
    expect(options.options.allowCredentials).toMatchObject([{ id: known }]);
    const { body } = await loginFactor(api, required.login_token, user.proofFor(options));
    expect(claimsOf(body.access_token)).toMatchObject({
      acr: 'aal2',
      amr: ['pwd', 'pop', 'user', 'mfa'],
    });
  });

  it('may come without a user handle, and not with that of another', async () => {
    const user = await userWithPasskey(api);
    const token = await loginToken(api, user.email);
    const foreign = user.proofFor(await factorOptions(api, token), { userHandle: 'AAAA' });
    expectProblem(await loginFactor(api, token, foreign), 401, 'auth.invalid-credentials');
    const none = user.proofFor(await factorOptions(api, token), { userHandle: undefined });
    expect((await loginFactor(api, token, none)).status).toBe(200);
  });

  it('is of the same account', async () => {
    const [user, other] = [await userWithPasskey(api), await userWithPasskey(api)];
    const token = await loginToken(api, user.email);
    const proof = other.proofFor(await factorOptions(api, token), { userHandle: undefined });
    expectProblem(await loginFactor(api, token, proof), 401, 'auth.invalid-credentials');
  });

  it('answers a challenge of its login token', async () => {
    const [user, other] = [await userWithPasskey(api), await userWithPasskey(api)];
    const [token, second] = [await loginToken(api, user.email), await loginToken(api, user.email)];
    for (const options of [
      await signInOptions(api),
      await factorOptions(api, second),
      await factorOptions(api, await loginToken(api, other.email)),
    ])
      expectProblem(
        await loginFactor(api, token, user.proofFor(options)),
        400,
        'auth.invalid-token',
      );
    const unknown = await api.post('/auth/login/factor/options', { login_token: 'unknown' });
    expectProblem(unknown, 400, 'auth.invalid-token');
  });

  it('stands alone in the request', async () => {
    const user = await userWithPasskey(api);
    const token = await loginToken(api, user.email);
    const proof = user.proofFor(await factorOptions(api, token));
    for (const mixed of [
      { ...proof, code: '123456' },
      { ...proof, recovery_code: user.recoveryCodes[0] },
      { challenge_id: proof.challenge_id },
      { passkey: proof.passkey },
    ])
      expectProblem(await loginFactor(api, token, mixed), 400, 'request.invalid');
    expect((await loginFactor(api, token, proof)).status).toBe(200);
  });
});

describe('a step-up by passkey', () => {
  it('raises the session; five wrong ones end it, and stale challenges do not', async () => {
    const user = await userWithPasskey(api);
    const session = api.as(user);
    const { status, body } = await session.post<Tokens>(
      '/auth/step-up',
      user.proofFor(await stepUpOptions(session)),
    );
    expect(status).toBe(200);
    expect(claimsOf(body.access_token)).toMatchObject({
      acr: 'aal2',
      amr: ['pwd', 'pop', 'user', 'mfa'],
    });
    const stale = user.proofFor(await signInOptions(api));
    for (const _again of Array.from({ length: 6 }))
      expectProblem(await session.post('/auth/step-up', stale), 400, 'auth.invalid-token');
    for (const _again of Array.from({ length: 5 })) {
      const wrong = user.proofFor(await stepUpOptions(session), { verified: false });
      expectProblem(await session.post('/auth/step-up', wrong), 401, 'auth.invalid-credentials');
    }
    expectProblem(await session.get('/users/me'), 401, 'auth.unauthenticated');
  });
});

describe('an authenticator app that was begun before the first passkey', () => {
  it('is confirmed only by a session that has proved the passkey', async () => {
    const user = await verifiedUser(api, api.database);
    const { body: app } = await user.start();
    const session = api.as(user);
    const { passkey } = await addPasskey(session, user.id);
    const confirm = async () => user.confirm(app.id, await generate({ secret: app.secret }));
    expectProblem(await confirm(), 401, 'auth.step-up-required');
    const options = await stepUpOptions(session);
    const proof = { challenge_id: options.challenge_id, passkey: passkey.signIn(options) };
    expect((await session.post('/auth/step-up', proof)).status).toBe(200);
    expect((await confirm()).status).toBe(200);
  });

  it('is not confirmed by a page of a session without that proof either', async () => {
    const user = await verifiedUser(api, api.database);
    const browser = browserSession(api.url);
    await browser.signIn(user.email);
    const { body: app } = await user.start({ current_password: PASSWORD });
    await addPasskey(api.as(user), user.id);
    const form = (await browser.get('/account')).hidden('/sign-out');
    const code = await generate({ secret: app.secret });
    const path = '/account/security/totp/confirm';
    const answer = await browser.post(path, { ...form, factor_id: app.id, code });
    expect([answer.status, answer.location]).toEqual([
      303,
      '/account/security?notice=confirm-first',
    ]);
    expect((await user.list()).map(({ type }) => type)).toEqual(['passkey', 'recovery_codes']);
  });
});

describe('a factor that was begun with another address', () => {
  it('is not added while the new one is not verified', async () => {
    const user = await verifiedUser(api, api.database);
    const session = api.as(user);
    const { body: app } = await user.start({ current_password: PASSWORD });
    const { body: options } = await creationOptions(session, user.id);
    await api.database.query('UPDATE users SET email_verified = false WHERE id = $1', [user.id]);
    const code = await generate({ secret: app.secret });
    expectProblem(await user.confirm(app.id, code), 403, 'auth.email-unverified');
    const response = new Authenticator(PAGES).register(options);
    const added = await registerPasskey(session, user.id, options, response);
    expectProblem(added, 403, 'auth.email-unverified');
  });
});
