import { hashSync } from '@node-rs/argon2';

import { createUser, login, PASSWORD, signedIn, superuser } from '../support/accounts.js';
import { asService, bearer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { runCommand } from '../support/warm-process.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { signUp, uniqueEmail } from '../support/users.js';
let mails: MailService;
let service: Api;

beforeAll(async () => {
  mails = await startMailService();
  service = await testApi().withMails(mails).with({ SERVICE_NAME: 'Acme Accounts' }).start();
});

afterAll(async () => {
  await service?.stop();
  await mails?.stop();
});

const create = (body: object, headers = {}) => service.post('/users', body, headers);
const patch = (id: string, body: object, headers: Record<string, string>) =>
  service.patch(`/users/${id}`, body, headers);

describe('a name with a web address', () => {
  const name = 'Win at evil.example';
  const refusal = [{ pointer: '/name', detail: 'must not contain a web address' }];

  it('is refused when people sign up or rename themselves', async () => {
    expect(expectProblem(await create(signUp({ name })), 400, 'request.invalid')).toEqual(refusal);
    const { id, tokens } = await signedIn(service);
    const own = bearer(tokens.access_token);
    expect(expectProblem(await patch(id, { name }, own), 400, 'request.invalid')).toEqual(refusal);
    expect((await patch(id, { name: 'J. R. St.John' }, own)).status).toBe(200);
  });

  it('can be set by superusers and services', async () => {
    const { id, tokens } = await superuser(service, service.database);
    const root = bearer(tokens.access_token);
    expect((await create(signUp({ name }), root)).status).toBe(201);
    expect((await create(signUp({ name }), asService)).status).toBe(201);
    expect((await patch(id, { name }, root)).status).toBe(200);
    expect((await patch(id, { name: `${name}/2` }, asService)).status).toBe(200);
  });
});

/** Has a token mailed for a new password. */
async function resetToken(email: string): Promise<string> {
  await service.post('/auth/password/forgot', { email });
  return (await mails.mailed(email, 'password_reset')).variables.token;
}

const reset = (token: string, password: string) =>
  service.post('/auth/password/reset', { token, password });

describe('a password in another encoding of the same characters', () => {
  const COMPOSED = 'caf\u00E9-Ångström-77';
  const DECOMPOSED = COMPOSED.normalize('NFD');
  const WIDE = `\uFF43af\u00E9-Ångström-77`;

  it('signs in, whichever form was set', async () => {
    const { id, email } = await createUser(service, { password: DECOMPOSED });
    for (const password of [COMPOSED, DECOMPOSED, WIDE])
      expect((await login(service, email, password)).status).toBe(200);

    const { body } = await login(service, email, COMPOSED);
    const change = { password: `${WIDE}-2`, current_password: WIDE };
    expect((await patch(id, change, bearer(body.access_token))).status).toBe(200);
    expect((await login(service, email, `${DECOMPOSED}-2`)).status).toBe(200);

    expect((await reset(await resetToken(email), `${DECOMPOSED}-3`)).status).toBe(204);
    expect((await login(service, email, `${COMPOSED}-3`)).status).toBe(200);

    const admin = uniqueEmail();
    const made = await runCommand(
      ['createsuperuser', '--email', admin, '--password-stdin'],
      { DATABASE_URL: service.database.url },
      { input: `${DECOMPOSED}\n` },
    );
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect((await login(service, admin, WIDE)).status).toBe(200);
  });

  it('signs in once the owner has signed in with the form of an older hash', async () => {
    const { id, email } = await createUser(service, { password: null });
    const hash = hashSync(DECOMPOSED, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    await service.database.query('UPDATE users SET password_hash = $2 WHERE id = $1', [id, hash]);
    expectProblem(await login(service, email, COMPOSED), 401, 'auth.invalid-credentials');
    expect((await login(service, email, DECOMPOSED)).status).toBe(200);
    expect((await login(service, email, COMPOSED)).status).toBe(200);
    expect((await login(service, email, DECOMPOSED)).status).toBe(200);
  });
});

describe('a password that contains the name or address of its account', () => {
  const refusal = [
    {
      pointer: '/password',
      detail: 'must not contain your address, your name or the name of this service',
    },
  ];
  const name = 'Grace Hopper';

  it('is refused at sign-up in any case and encoding', async () => {
    const email = 'Grace@MÜNCHEN.example';
    for (const password of [
      'my GRACE HOPPER 1',
      'my ｇｒａｃｅ hopper',
      '1grace@münchen.exampleX',
      '1grace@xn--mnchen-3ya.exampleX',
      'the ACME accounts 1',
    ])
      expect(
        expectProblem(await create({ email, name, password }), 400, 'request.invalid'),
      ).toEqual(refusal);
  });

  it('can contain a part of them, or a name of three characters', async () => {
    for (const body of [
      signUp({ name, password: 'grace in december' }),
      signUp({ name: 'Ada', password: 'canada in december' }),
    ])
      expect((await create(body)).status).toBe(201);
  });

  it('is refused at a change, compared with the new name and address', async () => {
    const { id, tokens } = await signedIn(service);
    const own = bearer(tokens.access_token);
    const password = 'my grace hopper 1';
    const change = { password, current_password: PASSWORD };
    const refused = await patch(id, { ...change, name }, own);
    expect(expectProblem(refused, 400, 'request.invalid')).toEqual(refusal);
    expect((await patch(id, { ...change, name: 'Ada' }, own)).status).toBe(200);
  });

  it('is refused at a reset, and the token stays valid', async () => {
    const { body: user } = await create(signUp({ name, password: PASSWORD }));
    const token = await resetToken(String(user['email']));
    const refused = await reset(token, 'my grace hopper 1');
    expect(expectProblem(refused, 400, 'request.invalid')).toEqual(refusal);
    expect((await reset(token, 'another-long-passphrase')).status).toBe(204);
  });

  it('is refused for a superuser', async () => {
    const args = ['createsuperuser', '--email', uniqueEmail(), '--name', name];
    const env = { DATABASE_URL: service.database.url };
    const { code, stderr } = await runCommand([...args, '--password', 'my grace hopper 1'], env);
    expect([code, stderr]).toEqual([2, `--password ${refusal[0]?.detail}\n`]);
  });
});
