import { login, me, PASSWORD, signedIn } from '../support/accounts.js';
import { loginFactor, userWithApp } from '../support/factors.js';
import { claimsOf } from '../support/forged-tokens.js';
import { expectProblem } from '../support/http.js';
import { newPerson, throughProvider } from '../support/identities.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type OidcServer, startOidcServer } from '../support/oidc-server.js';
import { type Api, testApi } from '../support/test-api.js';
import { signUp, uniqueEmail } from '../support/users.js';

const UNTRUSTED = 'elsewhere.example';
const TRUSTED = 'trusted.example';
const MEMBERS = ['link_token', 'expires_in'];

let server: OidcServer;
let mails: MailService;
let api: Api;
/** Strangers cannot register there, nor learn who has an account. */
let closed: Api;

beforeAll(async () => {
  [server, mails] = await Promise.all([startOidcServer(), startMailService()]);
  const described = testApi()
    .withMails(mails)
    .with({
      PUBLIC_URL: 'https://app.example.com',
      OIDC_PROVIDERS: JSON.stringify([
        server.settings('mock', { label: 'Mock', trust_email: [TRUSTED] }),
      ]),
    });
  api = await described.start();
  closed = await described
    .on(api.database)
    .with({ REGISTRATION: 'closed', SIGNUP_DISCLOSURE: 'false' })
    .start();
});

afterAll(async () => {
  await closed?.stop();
  await api?.stop();
  await Promise.all([server?.stop(), mails?.stop()]);
});

const audited = (id: string) =>
  api.database
    .query<{ action: string }>('SELECT action FROM audit_log WHERE target_id = $1 ORDER BY id', [
      id,
    ])
    .then((rows) => rows.map(({ action }) => action));
const emailOf = async (token: string) => (await me(api, token)).body['email'];
/** The ends of a sign-in with an address that an account has. */
const LINKED = { status: 200, linkToken: 'undefined' };
const UNLINKED = { status: 409, code: 'auth.identity-unlinked', linkToken: 'string' };
const ownersOf = (subject: string) =>
  api.database
    .query<{ email: string }>(
      'SELECT u.email FROM identities i JOIN users u ON u.id = i.user_id WHERE i.subject = $1',
      [subject],
    )
    .then((rows) => rows.map(({ email }) => email));
const go = (person = newPerson(), to: Api = api) => throughProvider(server).go(to, person);

describe('a sign-in through a provider', () => {
  it('lists the providers', async () => {
    const { status, body } = await api.get('/auth/oidc');
    expect({ status, body }).toEqual({
      status: 200,
      body: { items: [{ id: 'mock', label: 'Mock' }] },
    });
  });

  it('creates an account for a newcomer and knows the identity from then on', async () => {
    const person = newPerson();
    const { status, body, headers } = await go(person);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body).toSorted()).toEqual([
      'access_token',
      'device_token',
      'expires_in',
      'refresh_token',
      'token_type',
    ]);
    expect(claimsOf(body.access_token)).toMatchObject({ acr: 'aal1', amr: ['fed'] });
    const { body: user } = await me(api, body.access_token);
    expect(user).toMatchObject({ email: person.email, email_verified: true, name: 'Ada' });
    const id = String(user['id']);
    expect(await audited(id)).toEqual(['user.created', 'auth.identity-added', 'auth.signed-in']);
    await mails.mailed(String(person.email), 'welcome');

    const again = await go({ ...person, email: 'other@elsewhere.example', email_verified: false });
    expect(await emailOf(again.body.access_token)).toBe(person.email);
    const { body: list } = await api
      .as(body.access_token)
      .get<{ items: object[] }>(`/users/${id}/identities`);
    expect(list.items).toEqual([
      expect.objectContaining({
        provider: 'mock',
        issuer: server.issuer,
        email: person.email,
        last_used_at: expect.any(String) as string,
      }),
    ]);
    const { text } = await api.get('/metrics');
    expect(text).toMatch(/sign_ins_total\{method="oidc",result="succeeded",acr="aal1"\} [1-9]/);
    expect(text).toMatch(/users_created_total\{signup_source="other",user_tier="free"\} [1-9]/);
    expect(text).toContain('circuit_breaker_state{name="oidc_mock"} 0');
  });

  it('leaves an address unverified that the provider does not vouch for', async () => {
    const person = newPerson({ email_verified: false, name: 'See www.evil.example' });
    const { body } = await go(person);
    const { body: user } = await me(api, body.access_token);
    expect(user).toMatchObject({ email_verified: false, name: person.sub });
  });

  it('needs an address', async () => {
    const { sub } = newPerson();
    expectProblem(await go({ sub }), 409, 'auth.email-required');
    expectProblem(await go({ sub, email: 'no address' }), 409, 'auth.email-required');
  });

  describe.each([true, false])('with a local address whose verification is %s', (local) => {
    describe.each([true, false])('the provider says verified: %s', (verified) => {
      it.each([true, false])('and is trusted: %s', async (trusted) => {
        const person = newPerson({ email_verified: verified });
        const email = `${person.sub}@${trusted ? TRUSTED : UNTRUSTED}`;
        await api.post('/users', signUp({ email, password: PASSWORD }));
        await api.database.query('UPDATE users SET email_verified = $2 WHERE email = $1', [
          email,
          local,
        ]);
        const answer = await go({ ...person, email: email.toUpperCase() });
        const outcome = {
          status: answer.status,
          code: answer.body.code,
          linkToken: typeof answer.body.link_token,
          owners: await ownersOf(person.sub),
        };
        const ends = local && verified && trusted ? LINKED : UNLINKED;
        expect(outcome).toEqual({ ...ends, owners: ends === LINKED ? [email] : [] });
      });
    });
  });

  it('asks for the second factor of the account', async () => {
    const user = await userWithApp(api);
    const person = newPerson({ email: user.email });
    await api.database.query(
      `INSERT INTO identities (id, user_id, provider, issuer, subject) VALUES (gen_random_uuid(), $1, 'mock', $2, $3)`,
      [user.id, server.issuer, person.sub],
    );
    const answer = await go(person);
    expectProblem(answer, 401, 'auth.factor-required', ['login_token', 'factors', 'expires_in']);
    const { login_token: token } = answer.body as unknown as { login_token: string };
    const { body } = await loginFactor(api, token, { code: await user.freshCode() });
    expect(claimsOf(body.access_token)).toMatchObject({
      acr: 'aal2',
      amr: ['fed', 'otp', 'mfa'],
    });
  });

  it('refuses a suspended account, and makes a new one after a deletion', async () => {
    const person = newPerson();
    const { body } = await go(person);
    const id = String((await me(api, body.access_token)).body['id']);
    await api.as('service').patch(`/users/${id}`, { status: 'suspended' });
    expectProblem(await go(person), 401, 'auth.invalid-credentials');
    await api.as('service').delete(`/users/${id}`);
    const renewed = await go(person);
    expect(renewed.status).toBe(200);
    expect((await me(api, renewed.body.access_token)).body['id']).not.toBe(id);
  });

  it('creates no account while registration is closed, and lets known ones in', async () => {
    const known = newPerson();
    await go(known);
    expect((await go(known, closed)).status).toBe(200);
    expectProblem(await go(newPerson(), closed), 403, 'auth.registration-closed');
    const { sub } = newPerson();
    expectProblem(await go({ sub }, closed), 403, 'auth.registration-closed');
  });

  it('does not tell without disclosure whether an unverified address has an account', async () => {
    const { email } = await signedIn(api);
    for (const person of [
      newPerson({ email_verified: false }),
      newPerson({ email, email_verified: false }),
    ])
      expectProblem(await go(person, closed), 409, 'auth.identity-unlinked', MEMBERS);
  });
});

describe('an account that has an identity only', () => {
  it('gets a password by mail, which then signs in as well', async () => {
    const person = newPerson();
    await go(person);
    const email = String(person.email);
    expectProblem(
      await login<Record<string, unknown>>(api, email),
      401,
      'auth.invalid-credentials',
    );
    await api.post('/auth/password/forgot', { email });
    const { variables } = await mails.mailed(email, 'password_reset');
    const { token } = variables;
    expect((await api.post('/auth/password/reset', { token, password: PASSWORD })).status).toBe(
      204,
    );
    expect((await login(api, email)).status).toBe(200);
    expect((await go(person)).status).toBe(200);
  });

  it('sets its first password, or another address, after a recent sign-in', async () => {
    const person = newPerson();
    const session = async () => (await go(person)).body.access_token;
    const first = await session();
    const id = String((await me(api, first)).body['id']);
    const change = (token: string, fields: object) => api.as(token).patch(`/users/${id}`, fields);
    const email = uniqueEmail();
    expect((await change(first, { email })).status).toBe(200);
    const old = await session();
    await api.database.query(
      `UPDATE sessions SET auth_time = now() - interval '1 hour' WHERE user_id = $1`,
      [id],
    );
    expectProblem(await change(old, { password: PASSWORD }), 401, 'auth.step-up-required');
    const recent = await session();
    expect((await change(recent, { password: PASSWORD })).status).toBe(200);
    expect((await login(api, email)).status).toBe(200);
    expect((await api.as(recent).delete(`/users/${id}`)).status).toBe(204);
  });

  it('is taken from whoever made it with an address that they never confirmed', async () => {
    const stranger = newPerson({ email_verified: false });
    const { body } = await go(stranger);
    const id = String((await me(api, body.access_token)).body['id']);
    const email = String(stranger.email);
    await api.post('/auth/password/forgot', { email });
    const { token } = (await mails.mailed(email, 'password_reset')).variables;
    expect((await api.post('/auth/password/reset', { token, password: PASSWORD })).status).toBe(
      204,
    );
    expect(await audited(id)).toContain('auth.account-reclaimed');
    expectProblem(await go(stranger), 409, 'auth.identity-unlinked', MEMBERS);
    expectProblem(await me(api, body.access_token), 401, 'auth.unauthenticated');
  });
});
