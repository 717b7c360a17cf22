import { createUser, login, PASSWORD, signedIn } from '../support/accounts.js';
import type { Answer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { type MailService, startMailService } from '../support/mail-service.js';

const NEXT = 'another-long-passphrase';
let mails: MailService;
let service: Api;

beforeAll(async () => {
  mails = await startMailService();
  service = await testApi().withMails(mails).start();
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

describe('one’s own address', () => {
  it('changes with the current password, needs confirmation, and the old address gets a mail', async () => {
    const user = await signedIn(service);
    const welcome = await tokenOf(user.email, 'welcome');
    await post('verify-email', { token: welcome });
    await post('password/forgot', { email: user.email });
    const reset = await tokenOf(user.email, 'password_reset');
    const email = `new-${user.email}`;
    const patch = (body: object) => service.as(user).patch(`/users/${user.id}`, body);
    const missing = await patch({ email });
    expect([missing.status, missing.body['errors']]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/current_password' })],
    ]);
    const wrong = await patch({ email, current_password: 'wrong-password-here' });
    expectProblem(wrong, 401, 'auth.invalid-credentials');
    const changed = await patch({ email, current_password: 'violet-kettle-armada-7' });
    expect([changed.status, changed.body]).toEqual([
      200,
      expect.objectContaining({ email, email_verified: false }),
    ]);
    expect(await mails.mailed(user.email, 'email_changed')).toEqual({
      to: user.email,
      template: 'email_changed',
      variables: { name: 'Ada', locale: 'en' },
    });
    // Tokens mailed to the old address are invalid now.
    expectProblem(
      await post('password/reset', { token: reset, password: NEXT }),
      400,
      'auth.invalid-token',
    );
    const token = await tokenOf(email, 'verify_email');
    expect((await post('verify-email', { token })).status).toBe(204);
    expect(await isVerified(user.id)).toBe(true);
    expect((await login(service, email)).status).toBe(200);

    const { email: taken } = await createUser(service);
    const conflict = await patch({
      email: taken.toUpperCase(),
      current_password: 'violet-kettle-armada-7',
    });
    expectProblem(conflict, 409, 'users.email-taken');
  });

  it('can be changed by a service without the password', async () => {
    const { id, email } = await createUser(service);
    const { status } = await service.as('service').patch(`/users/${id}`, { email: `new-${email}` });
    expect(status).toBe(200);
    await mails.mailed(`new-${email}`, 'verify_email');
    await mails.mailed(email, 'email_changed');
  });
});

describe('an account whose domain is internationalised', () => {
  const TYPED = 'Ada@MÜNCHEN.example';
  const A_LABEL = 'Ada@xn--mnchen-3ya.example';
  const shown = async (path: string) =>
    JSON.stringify((await service.as('service').get(path)).body);

  it('is the same account in every spelling, shown as typed and mailed in ASCII', async () => {
    const { id } = await createUser(service, { email: TYPED });
    const signUpAgain = { email: 'ada@mu\u0308nchen。example', name: 'Ada' };
    const taken = await service.post('/users', signUpAgain);
    expectProblem(taken, 409, 'users.email-taken');
    for (const email of [TYPED, 'ada@ｍünchen.example', 'ADA@XN--MNCHEN-3YA.EXAMPLE'])
      expect((await login(service, email)).status).toBe(200);

    for (const path of [
      `/users/${id}`,
      `/users/${id}/export`,
      '/users?q=ada%40münchen.example',
      `/users?email=${TYPED}`,
    ])
      expect(await shown(path)).toContain(`"${TYPED}"`);
    expect((await mails.mailed(A_LABEL, 'welcome')).to).toBe(A_LABEL);
    expect((await post('password/forgot', { email: 'ada@münchen.example' })).status).toBe(202);
    const token = await tokenOf(A_LABEL, 'password_reset');
    expect((await post('password/reset', { token, password: NEXT })).status).toBe(204);
    expect((await login(service, TYPED, NEXT)).status).toBe(200);
  });

  it('changes by PATCH in both directions, and mails the previous address', async () => {
    const { id, email, tokens } = await signedIn(service);
    const move = async (to: string) =>
      service
        .as(tokens.access_token)
        .patch(`/users/${id}`, { email: to, current_password: PASSWORD });
    expect((await move('grace@zürich.example')).body['email']).toBe('grace@zürich.example');
    await mails.mailed(email, 'email_changed');
    expect((await mails.mailed('grace@xn--zrich-kva.example', 'verify_email')).to).toContain(
      'xn--',
    );
    // The same one, only typed another way.
    expect((await move('grace@ZÜRICH.example')).body['email']).toBe('grace@ZÜRICH.example');
    expect((await move('grace@example.com')).body['email']).toBe('grace@example.com');
    await mails.mailed('grace@xn--zrich-kva.example', 'email_changed');
    expect(
      mails.deliveries.filter(
        ({ body }) => body.template === 'email_changed' && body.to.startsWith('grace'),
      ),
    ).toHaveLength(1);
  });
});
