import type { Browser, CDPSession, Page } from 'playwright-core';

import type { Tokens } from '../support/accounts.js';
import { type FactorRequired, loginFactor, loginToken, verifiedUser } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import { openBrowser } from '../support/chromium.js';
import { describeInBrowser } from '../support/installed.js';
import {
  type AddedPasskey,
  answerPasskey,
  creationOptions,
  factorOptions,
  registerPasskey,
  signInOptions,
  stepUpOptions,
} from '../support/passkeys.js';
import { type Api, testApi } from '../support/test-api.js';
import { addAuthenticator } from '../support/virtual-authenticator.js';

/** Runs in the page. */
const CREATE = `async (options) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return (await navigator.credentials.create({ publicKey })).toJSON();
}`;
const GET = `async (options) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return (await navigator.credentials.get({ publicKey })).toJSON();
}`;

describeInBrowser('passkeys in Chromium', () => {
  let api: Api;
  let browser: Browser;
  let page: Page;
  let session: CDPSession;
  let authenticatorId: string;

  beforeAll(async () => {
    api = await testApi().start();
    browser = await openBrowser();
    page = await browser.newPage();
    await page.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>Sign in</title>' }),
    );
    // Browsers know no passkeys of addresses.
    await page.goto(api.url.replace('127.0.0.1', 'localhost'));
    ({ session, authenticatorId } = await addAuthenticator(page));
  });

  afterAll(async () => {
    await browser?.close();
    await api?.stop();
  });

  const inPage = (code: string, options: object) =>
    page.evaluate<object>(`(${code})(${JSON.stringify(options)})`);

  /** A user whose only passkey the authenticator has. */
  async function userInBrowser() {
    await session.send('WebAuthn.clearCredentials', { authenticatorId });
    const user = await verifiedUser(api, api.database);
    const { body: options } = await creationOptions(api.as(user), user.id);
    const response = await inPage(CREATE, options.options);
    const { status, body } = await registerPasskey(api.as(user), user.id, options, response);
    expect(status).toBe(201);
    return { ...user, added: body satisfies AddedPasskey };
  }

  it('are made, sign in without a name, and count', async () => {
    const user = await userInBrowser();
    const { challenge_id: id, options } = await signInOptions(api);
    const response = await inPage(GET, options);
    const { status, body } = await answerPasskey(api, id, response);
    expect(status).toBe(200);
    const { body: own } = await api.as(body.access_token).get('/users/me');
    expect(own['id']).toBe(user.id);
    expectProblem(await answerPasskey(api, id, response), 400, 'auth.invalid-token');
    const next = await signInOptions(api);
    const again = await answerPasskey(api, next.challenge_id, await inPage(GET, next.options));
    expect(again.status).toBe(200);
    const [row] = await api.database.query<{ counter: string }>(
      'SELECT counter FROM passkeys WHERE factor_id = $1',
      [user.added.id],
    );
    expect(Number(row?.counter)).toBeGreaterThan(1);
  });

  it('are the second factor, and raise a session', async () => {
    const user = await userInBrowser();
    const token = await loginToken(api, user.email);
    const second = await factorOptions(api, token);
    const answer = await loginFactor(api, token, {
      challenge_id: second.challenge_id,
      passkey: await inPage(GET, second.options),
    });
    expect(answer.status).toBe(200);
    const caller = api.as(user);
    const options = await stepUpOptions(caller);
    const raised = await caller.post<Tokens | FactorRequired>('/auth/step-up', {
      challenge_id: options.challenge_id,
      passkey: await inPage(GET, options.options),
    });
    expect(raised.status).toBe(200);
  });

  it('are not used by somebody whom the authenticator does not verify', async () => {
    await userInBrowser();
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    const { challenge_id: id, options } = await signInOptions(api);
    await expect(inPage(GET, { ...options, timeout: 1000 })).rejects.toThrow('NotAllowedError');
    const lax = { ...options, userVerification: 'discouraged' };
    const response = await inPage(GET, lax);
    expectProblem(await answerPasskey(api, id, response), 401, 'auth.invalid-credentials');
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  });

  it('leave no warnings of packages in the log', () => {
    expect(api.logs.filter(({ level }) => level.toLowerCase() === 'warn')).toEqual([]);
    expect(api.output()).not.toContain('ExperimentalWarning');
  });
});
