import { browserSession } from '../support/browser-session.js';
import { login, me, PASSWORD, signedIn } from '../support/accounts.js';
import { userWithApp, verifiedUser } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import { type Identity, newPerson, throughProvider } from '../support/identities.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { loginPasskey, PASSKEY_SETTINGS, userWithPasskey } from '../support/passkeys.js';
import { type OidcServer, startOidcServer } from '../support/oidc-server.js';
import { type Api, testApi } from '../support/test-api.js';

const WITH_PASSWORD = { current_password: PASSWORD };
let server: OidcServer;
let mails: MailService;
let api: Api;
let through: ReturnType<typeof throughProvider>;

beforeAll(async () => {
  [server, mails] = await Promise.all([startOidcServer(), startMailService()]);
  api = await testApi()
    .withMails(mails)
    .with({
      ...PASSKEY_SETTINGS,
      PUBLIC_URL: 'https://app.example.com',
      OIDC_PROVIDERS: JSON.stringify([server.settings('mock')]),
    })
    .start();
  through = throughProvider(server);
});

afterAll(async () => {
  await api?.stop();
  await Promise.all([server?.stop(), mails?.stop()]);
});

const newOwner = () => verifiedUser(api, api.database);
type Owner = Awaited<ReturnType<typeof newOwner>>;

const listOf = async (user: Owner) =>
  (await api.as(user).get<{ items: Identity[] }>(`/users/${user.id}/identities`)).body.items;
const link = (user: Owner, body: object, token = user.tokens.access_token) =>
  api.as(token).post<Identity>(`/users/${user.id}/identities`, body);
/** A link token for an identity with the address of a user. */
const linkTokenFor = async ({ email }: Owner, person = newPerson({ email })) =>
  (await through.go(api, person)).body.link_token;
const idOf = async (token: string) => (await me(api, token)).body['id'];

describe('a start with a session', () => {
  it('links the identity, which signs in to the account from then on', async () => {
    const user = await newOwner();
    const person = newPerson();
    const answer = await through.go(api.as(user), person, WITH_PASSWORD);
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body)).toEqual([
      'id',
      'provider',
      'issuer',
      'email',
      'created_at',
      'last_used_at',
    ]);
    expect(await listOf(user)).toEqual([answer.body]);
    await mails.mailed(user.email, 'identity_added');
    const { body } = await through.go(api, person);
    expect(await idOf(body.access_token)).toBe(user.id);
  });

  it('needs a verified address and the password, or a second factor proved lately', async () => {
    const unverified = await signedIn(api);
    const early = await through.start(api.as(unverified), WITH_PASSWORD);
    expectProblem(early, 403, 'auth.email-unverified');
    const user = await newOwner();
    const [fault] = expectProblem(await through.start(api.as(user)), 400, 'request.invalid');
    expect(fault?.pointer).toBe('/current_password');
    const wrong = await through.start(api.as(user), { current_password: 'wrong' });
    expectProblem(wrong, 401, 'auth.invalid-credentials');
    const strong = await userWithApp(api);
    expectProblem(await through.start(api.as(strong)), 401, 'auth.step-up-required');
    const { body } = await strong.stepUp(strong.recoveryCodes[0]);
    const answer = await through.go(api.as(String(body['access_token'])), newPerson());
    expect(answer.status).toBe(201);
  });

  it('counts for the same user only, and not after a change of the password', async () => {
    const [user, other] = [await newOwner(), await newOwner()];
    const { token, callback } = await through.begin(api.as(user), newPerson(), WITH_PASSWORD);
    for (const caller of [api, api.as(other)])
      expectProblem(await through.exchange(caller, token, callback), 400, 'auth.invalid-token');
    const next = 'another-long-passphrase';
    await api.as(user).patch(`/users/${user.id}`, { ...WITH_PASSWORD, password: next });
    const { body } = await login(api, user.email, next);
    const late = await through.exchange(api.as(body.access_token), token, callback);
    expectProblem(late, 400, 'auth.invalid-token');
    const anonymous = await through.begin(api, newPerson());
    expectProblem(
      await through.exchange(api.as(other), anonymous.token, anonymous.callback),
      400,
      'auth.invalid-token',
    );
  });

  it('needs a factor that the account has got since', async () => {
    const user = await newOwner();
    const person = newPerson();
    const { token, callback } = await through.begin(api.as(user), person, WITH_PASSWORD);
    const { body } = await user.add();
    const early = await through.exchange(api.as(user), token, callback);
    expectProblem(early, 401, 'auth.step-up-required');
    await user.stepUp(body.recovery_codes?.[0]);
    expect((await through.exchange(api.as(user), token, callback)).status).toBe(201);
  });

  it('needs such a factor on pages as well', async () => {
    const user = await newOwner();
    const browser = browserSession(api.url);
    await browser.signIn(user.email);
    const form = (await browser.get('/account')).hidden('/sign-out');
    const begin = async () => {
      const fields = { ...form, ...WITH_PASSWORD, provider: 'mock' };
      const { text } = await browser.post('/account/security/identities', fields);
      const [, url = ''] = /class="button primary" href="([^"]+)"/.exec(text) ?? [];
      const back = await server.visit(url.replaceAll('&amp;', '&'), newPerson());
      return back.replace('https://app.example.com', '');
    };
    expect((await browser.get(await begin())).location).toContain('notice=identity-added');
    const callback = await begin();
    await user.add();
    expect((await browser.get(callback)).location).toBe('/account/security?notice=confirm-first');
    expect(await listOf(user)).toHaveLength(1);
  });

  it('does not take an identity from another account', async () => {
    const [user, other] = [await newOwner(), await newOwner()];
    const person = newPerson();
    await through.go(api.as(other), person, WITH_PASSWORD);
    const answer = await through.go(api.as(user), person, WITH_PASSWORD);
    expectProblem(answer, 409, 'auth.identity-taken');
    expect((await through.go(api.as(other), person, WITH_PASSWORD)).status).toBe(201);
    expect(await listOf(other)).toHaveLength(1);
  });
});

describe('a link token', () => {
  it('links after a sign-in to the account, once', async () => {
    const user = await newOwner();
    const person = newPerson({ email: user.email });
    const token = await linkTokenFor(user, person);
    const { body: session } = await login(api, user.email);
    const answer = await link(user, { link_token: token }, session.access_token);
    expect({ status: answer.status, email: answer.body.email }).toEqual({
      status: 201,
      email: user.email,
    });
    const again = await link(user, { link_token: token }, session.access_token);
    expectProblem(again, 400, 'auth.invalid-token');
    expect(await idOf((await through.go(api, person)).body.access_token)).toBe(user.id);
  });

  it('needs the password with a session from before', async () => {
    const user = await newOwner();
    const token = await linkTokenFor(user);
    const [fault] = expectProblem(await link(user, { link_token: token }), 400, 'request.invalid');
    expect(fault?.pointer).toBe('/current_password');
    expect((await link(user, { link_token: token, ...WITH_PASSWORD })).status).toBe(201);
  });

  it('is of no use to another account, nor to one with an unverified address, nor late', async () => {
    const [user, other] = [await newOwner(), await newOwner()];
    const token = await linkTokenFor(user);
    const foreign = await link(other, { link_token: token, ...WITH_PASSWORD });
    expectProblem(foreign, 400, 'auth.invalid-token');
    await api.database.query('UPDATE users SET email_verified = false WHERE id = $1', [user.id]);
    const { body: session } = await login(api, user.email);
    const unverified = await link(user, { link_token: token }, session.access_token);
    expectProblem(unverified, 403, 'auth.email-unverified');
    await api.database.query('UPDATE users SET email_verified = true WHERE id = $1', [user.id]);
    await api.database.query('UPDATE identity_link_tokens SET expires_at = now()');
    const late = await link(user, { link_token: token }, session.access_token);
    expectProblem(late, 400, 'auth.invalid-token');
  });
});

describe('an identity', () => {
  it('is unlinked, unless nothing else signs in', async () => {
    const user = await newOwner();
    const person = newPerson();
    const { body } = await through.go(api.as(user), person, WITH_PASSWORD);
    const path = `/users/${user.id}/identities/${body.id}`;
    expectProblem(await api.as(await newOwner()).delete(path), 403, 'auth.forbidden');
    await api.database.query('UPDATE users SET password_hash = NULL WHERE id = $1', [user.id]);
    expectProblem(await api.as(user).delete(path), 409, 'auth.last-credential');
    await through.go(api.as(user), newPerson());
    expect((await api.as(user).delete(path)).status).toBe(204);
    expectProblem(await api.as(user).delete(path), 404, 'request.not-found');
    await mails.mailed(user.email, 'identity_removed');
    expect(await listOf(user)).toHaveLength(1);
    const { body: fresh } = await through.go(api, person);
    expect(await idOf(fresh.access_token)).not.toBe(user.id);
  });

  it('makes the last passkey removable, which otherwise stays', async () => {
    const { id, passkey, passkeyId } = await userWithPasskey(api);
    const { body } = await loginPasskey(api, passkey);
    const owner = api.as(body.access_token);
    await api.database.query('UPDATE users SET password_hash = NULL WHERE id = $1', [id]);
    const remove = () => owner.delete(`/users/${id}/factors/${passkeyId}`);
    expectProblem(await remove(), 409, 'auth.last-credential');
    expect((await through.go(owner, newPerson())).status).toBe(201);
    expect((await remove()).status).toBe(204);
  });

  it('ends with a sign-in that its owner disowns, and is in the export', async () => {
    const user = await newOwner();
    await through.go(api.as(user), newPerson(), WITH_PASSWORD);
    const { body } = await api.as(user).get<{ identities: object[] }>(`/users/${user.id}/export`);
    expect(body.identities).toHaveLength(1);
    await login(api, user.email, PASSWORD, { 'user-agent': 'another' });
    const { token } = (await mails.mailed(user.email, 'new_device')).variables;
    expect((await api.post('/auth/not-me', { token })).status).toBe(204);
    const left = await api.database.query('SELECT FROM identities WHERE user_id = $1', [user.id]);
    expect(left).toEqual([]);
  });
});
