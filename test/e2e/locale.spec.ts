import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createUser, signedIn, superuser } from '../support/accounts.js';
import { runCommand } from '../support/warm-process.js';
import { expectProblem, pointers } from '../support/http.js';
import { accept, invite, mailedToken } from '../support/invitations.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Api, testApi } from '../support/test-api.js';
import { uniqueEmail } from '../support/users.js';

let mails: MailService;
let api: Api;

beforeAll(async () => {
  mails = await startMailService();
  api = await testApi({ DEFAULT_LOCALE: 'fr-ca' }).withMails(mails).start();
});

afterAll(async () => {
  await api?.stop();
  await mails?.stop();
});

const localeOf = async (email: string) => {
  const [user] = await api.database.query<{ locale: string }>(
    'SELECT locale FROM users WHERE email = $1',
    [email],
  );
  return user?.locale;
};

describe('the locale of a user', () => {
  it.each([
    ['de-ch, en;q=0.8', 'de-CH'],
    ['*', 'fr-CA'],
    ['not a language', 'fr-CA'],
  ])('is with Accept-Language %p at sign-up %s', async (languages, locale) => {
    const email = uniqueEmail();
    const created = await api.post(
      '/users',
      { email, name: 'Ada' },
      { 'accept-language': languages },
    );
    expect(created.status).toBe(201);
    expect(created.body['locale']).toBe(locale);
    const { variables } = await mails.mailed(email, 'welcome');
    expect(variables.locale).toBe(locale);
  });

  it('is that of the reader who accepts an invitation', async () => {
    const invitation = await invite(api.as('service'));
    const token = await mailedToken(mails, invitation);
    expect((await mails.mailed(invitation.email, 'invitation')).variables.locale).toBe('fr-CA');
    const accepted = await api.post(
      '/auth/invitations/accept',
      { token, name: 'Grace', password: 'violet-kettle-armada-7' },
      { 'accept-language': 'es-MX' },
    );
    expect(accepted.body).toMatchObject({ locale: 'es-MX' });
    const other = await invite(api.as('service'));
    expect((await accept(api, await mailedToken(mails, other))).body['locale']).toBe('fr-CA');
  });

  it('is the default one for users of commands', async () => {
    const env = {
      DATABASE_URL: api.database.url,
      DATA_DIR: api.dataDir,
      DEFAULT_LOCALE: 'es',
    };
    const password = ['--password', 'violet-kettle-armada-7'];
    const root = uniqueEmail();
    const imported = uniqueEmail();
    const file = join(api.dataDir, 'users.csv');
    writeFileSync(file, `email,name\n${imported},Ada\n`);
    const commands = [
      ['createsuperuser', '--email', root, ...password],
      ['users', 'import', file],
    ];
    const ended = await Promise.all(commands.map((command) => runCommand(command, env)));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(await localeOf(root)).toBe('es');
    expect(await localeOf(imported)).toBe('es');
  });

  it('is changed by the user alone, in its canonical form', async () => {
    const user = await signedIn(api);
    const own = api.as(user);
    const path = `/users/${user.id}`;
    const { headers } = await own.get(path);
    const changed = await own.patch(
      path,
      { locale: 'PT-br' },
      { 'if-match': String(headers.get('etag')) },
    );
    expect(changed.status).toBe(200);
    expect(changed.body['locale']).toBe('pt-BR');
    expect((await own.get('/users/me')).body).toEqual(changed.body);
    const admin = await superuser(api, api.database);
    for (const other of [api.as('service'), api.as(admin)])
      expectProblem(await other.patch(path, { locale: 'de' }), 403, 'auth.forbidden');
    const exported = await own.get<{ user: object }>(`${path}/export`);
    expect(exported.body.user).toMatchObject({ locale: 'pt-BR' });
  });

  it.each(['', 'german', 'de_DE', 'x-evil', 7])('cannot be %p', async (locale) => {
    const user = await signedIn(api);
    const answer = await api.as(user).patch(`/users/${user.id}`, { locale });
    expect(pointers(expectProblem(answer, 400, 'request.invalid'))).toEqual(['/locale']);
  });

  it('repeats no words in mail to an unconfirmed address', async () => {
    const { id, email } = await createUser(api);
    const tag = 'de-AT-x-buy-coins';
    await api.database.query('UPDATE users SET locale = $2 WHERE id = $1', [id, tag]);
    await api.post('/auth/verify-email/resend', { email });
    expect((await mails.mailed(email, 'verify_email')).variables.locale).toBe('de-AT');
  });
});
