import { createUser, login, me, signedIn } from '../support/accounts.js';
import type { Answer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { type MailService, startMailService } from '../support/mail-service.js';

const NEXT = 'another-long-passphrase';
let mails: MailService;
let service: Api;

beforeAll(async () => {
  mails = await startMailService();
  service = await testApi()
    .withMails(mails)
    .with({ TRUST_PROXY: '1', LOCKOUT_ACCOUNT_THRESHOLD: '20' })
    .start();
});

afterAll(async () => {
  await service?.stop();
  await mails?.stop();
});

const post = (path: string, body: object): Promise<Answer> => service.post(`/auth/${path}`, body);

async function tokenOf(to: string, template: string, nth = 1): Promise<string> {
  return (await mails.mailed(to, template, nth)).variables.token;
}

async function isVerified(id: string): Promise<unknown> {
  return (await service.as('service').get(`/users/${id}`)).body['email_verified'];
}

describe('verification', () => {
  it('works once with the token of the welcome mail', async () => {
    const { id, email } = await createUser(service);
    const token = await tokenOf(email, 'welcome');
    expect(await isVerified(id)).toBe(false);
    expect((await post('verify-email', { token })).status).toBe(204);
    expect(await isVerified(id)).toBe(true);
    const again = await post('verify-email', { token });
    expectProblem(again, 400, 'auth.invalid-token');
  });

  it('can be requested again, which invalidates the older token', async () => {
    const { id, email } = await createUser(service);
    const welcome = await tokenOf(email, 'welcome');
    expect((await post('verify-email/resend', { email: email.toUpperCase() })).status).toBe(202);
    const token = await tokenOf(email, 'verify_email');
    expectProblem(await post('verify-email', { token: welcome }), 400, 'auth.invalid-token');
    expect((await post('verify-email', { token })).status).toBe(204);
    expect(await isVerified(id)).toBe(true);
  });

  it('does not accept expired tokens, tokens of deleted users, or reset tokens', async () => {
    const { id, email } = await createUser(service);
    const token = await tokenOf(email, 'welcome');
    await service.database.query('UPDATE mailed_tokens SET expires_at = now() WHERE user_id = $1', [
      id,
    ]);
    expectProblem(await post('verify-email', { token }), 400, 'auth.invalid-token');

    const gone = await createUser(service);
    const late = await tokenOf(gone.email, 'welcome');
    await service.as('service').delete(`/users/${gone.id}`);
    expectProblem(await post('verify-email', { token: late }), 400, 'auth.invalid-token');

    await post('password/forgot', { email });
    const reset = await tokenOf(email, 'password_reset');
    expectProblem(await post('verify-email', { token: reset }), 400, 'auth.invalid-token');
    expect(await isVerified(id)).toBe(false);
  });
});

describe('a forgotten password', () => {
  it('is replaced once, which ends all sessions, verifies the address and lifts lockouts', async () => {
    const user = await signedIn(service);
    const source = { 'x-forwarded-for': '198.51.100.1' };
    for (let index = 0; index < 25; index += 1)
      await login(service, user.email, 'wrong-password-here', {
        'x-forwarded-for': `198.51.100.${index % 5}`,
      });
    expectProblem(
      await login(service, user.email, undefined, source),
      401,
      'auth.invalid-credentials',
    );

    expect((await post('password/forgot', { email: user.email })).status).toBe(202);
    const token = await tokenOf(user.email, 'password_reset');
    const weak = await post('password/reset', { token, password: 'password1234' });
    expect(weak.status).toBe(400);
    expect((await post('password/reset', { token, password: NEXT })).status).toBe(204);
    expectProblem(
      await post('password/reset', { token, password: NEXT }),
      400,
      'auth.invalid-token',
    );

    expectProblem(await me(service, user.tokens.access_token), 401, 'auth.unauthenticated');
    expectProblem(await login(service, user.email), 401, 'auth.invalid-credentials');
    expect((await login(service, user.email, NEXT, source)).status).toBe(200);
    expect(await isVerified(user.id)).toBe(true);
  });

  it('accepts only the newest token', async () => {
    const { email } = await createUser(service);
    await post('password/forgot', { email });
    const first = await tokenOf(email, 'password_reset');
    await post('password/forgot', { email });
    const second = await tokenOf(email, 'password_reset', 2);
    expectProblem(
      await post('password/reset', { token: first, password: NEXT }),
      400,
      'auth.invalid-token',
    );
    expect((await post('password/reset', { token: second, password: NEXT })).status).toBe(204);
  });

  it('sends no mail to suspended or unknown users', async () => {
    const { id, email } = await createUser(service);
    await service.as('service').patch(`/users/${id}`, { status: 'suspended' });
    const known = await post('password/forgot', { email });
    const unknown = await post('password/forgot', { email: 'nobody@example.com' });
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    // Jobs are done in order of arrival: this one is the last.
    const { email: last } = await createUser(service);
    await post('password/forgot', { email: last });
    await mails.mailed(last, 'password_reset');
    expect(
      mails.deliveries
        .filter(({ body }) => body.template === 'password_reset' && body.to !== last)
        .map(({ body }) => body.to),
    ).not.toEqual(expect.arrayContaining([email]));
  });
});

describe('a user without a password', () => {
  it('sets the first password with the welcome token; a user with a password cannot', async () => {
    const { id, email } = await createUser(service, { password: null });
    expectProblem(await login(service, email, NEXT), 401, 'auth.invalid-credentials');
    const token = await tokenOf(email, 'welcome');
    expect((await post('password/reset', { token, password: NEXT })).status).toBe(204);
    expect((await login(service, email, NEXT)).status).toBe(200);
    expect(await isVerified(id)).toBe(true);

    const { email: other } = await createUser(service);
    const welcome = await tokenOf(other, 'welcome');
    expectProblem(
      await post('password/reset', { token: welcome, password: NEXT }),
      400,
      'auth.invalid-token',
    );
    // Refused, it still verifies the address.
    expect((await post('verify-email', { token: welcome })).status).toBe(204);
  });
});

describe('mail to an unconfirmed address', () => {
  const STRANGER = 'Claim your prize';

  /** What mails of a template to an address say beside the token. */
  const namesIn = async (to: string, template: string, nth = 1) => {
    const {
      token: _token,
      locale: _locale,
      ...rest
    } = (await mails.mailed(to, template, nth)).variables;
    return rest;
  };

  it('contains no text of the requester in any template', async () => {
    const { id, email } = await createUser(service, { name: STRANGER });
    const moved = `moved-${email}`;
    // The next token may void its own before it is sent.
    await mails.mailed(email, 'welcome');
    await post('verify-email/resend', { email });
    await post('password/forgot', { email });
    for (const template of ['verify_email', 'password_reset']) await mails.mailed(email, template);
    await service.as('service').patch(`/users/${id}`, { email: moved });
    for (const template of ['welcome', 'verify_email', 'password_reset', 'email_changed'])
      expect(await namesIn(email, template)).toEqual({});
    expect(await namesIn(moved, 'verify_email')).toEqual({});
    await post('password/forgot', { email: moved });
    expect(await namesIn(moved, 'password_reset')).toEqual({});

    // From then on the owner is greeted.
    await post('verify-email', { token: await tokenOf(moved, 'verify_email') });
    await post('password/forgot', { email: moved });
    expect(await namesIn(moved, 'password_reset', 2)).toEqual({ name: STRANGER });
  });
});
