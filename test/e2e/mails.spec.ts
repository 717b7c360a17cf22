import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { superuser } from '../support/accounts.js';
import { cleanEnvironment, nodeCommand } from '../support/cli.js';
import { runCommand } from '../support/warm-process.js';
import { expectProblem, pointers } from '../support/http.js';
import { startMailService } from '../support/mail-service.js';
import { startSmtpServer } from '../support/smtp-server.js';
import { type Api, testApi } from '../support/test-api.js';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
const OWN = '---\nsubject: Moin bei {{ brand }}\n---\nMoin,\n\n{{ link }}\n';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnua-mails-'));
  mkdirSync(join(folder, 'own/welcome'), { recursive: true });
  mkdirSync(join(folder, 'broken/welcome'), { recursive: true });
  writeFileSync(join(folder, 'own/welcome/de.liquid'), OWN);
  writeFileSync(join(folder, 'broken/welcome/de.liquid'), OWN.replace('{{ link }}', '{{ lnk }}'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const mails = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCommand(['mails', ...args], { DATA_DIR: join(folder, 'data'), ...env });

describe('cli mails preview', () => {
  // Nothing listens there: it needs no database.
  const DATABASE_URL = 'postgres://127.0.0.1:9/none';

  it('shows subject, text and HTML of a mail, without a database', async () => {
    const { code, stdout, stderr } = await mails(['preview', 'password_reset'], { DATABASE_URL });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Subject: Choose a new password\n\nHello Ada Lovelace,\n/);
    expect(stdout).toContain('http://localhost:8080/reset-password?token=');
    expect(stdout).toContain('<html lang="en"');
  });

  it('writes the HTML to a file, in the language of a locale, with the look that is set', async () => {
    const out = join(folder, 'preview.html');
    const { code, stdout } = await mails(
      ['preview', 'welcome', '--locale', 'de-at', '--out', out],
      {
        BRAND_NAME: 'Example & Co',
        BRAND_COLOR: '#ffd400',
        PUBLIC_URL: 'https://app.example',
      },
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Subject: Willkommen bei Example & Co');
    const html = readFileSync(out, 'utf8');
    expect(html).toContain('<html lang="de"');
    expect(html).toContain('Example &amp; Co');
    expect(html).toMatch(/\.button \{ background-color: #ffd400 .*\n.*color: #000000/);
    expect(html).toContain('<a href="https://app.example/verify-email?token=');
  });

  it('shows an own template, and the fault of one with file and line', async () => {
    const preview = ['preview', 'welcome', '--locale', 'de'];
    const [own, broken, unknown, locale] = await Promise.all([
      mails(preview, { MAIL_TEMPLATES_DIR: join(folder, 'own') }),
      mails(preview, { MAIL_TEMPLATES_DIR: join(folder, 'broken') }),
      mails(['preview', 'nothing']),
      mails(['preview', 'welcome', '--locale', 'german']),
    ]);
    expect(own.stdout).toMatch(/^Subject: Moin bei User Accounts\n/);
    expect(broken.code).toBe(78);
    expect(broken.stderr).toMatch(/^MAIL_TEMPLATES_DIR: .*\/welcome\/de\.liquid:6: .*lnk/);
    for (const { code, stderr } of [unknown, locale])
      expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
  });
});

describe('cli mails send-test', () => {
  const send = (env: Readonly<Record<string, string>>, ...more: string[]) =>
    mails(['send-test', '--to', 'ada@example.com', ...more], env);

  it('sends by SMTP, as text and HTML with the logo, and shows the answer or the status', async () => {
    const smtp = await startSmtpServer();
    const logo = join(folder, 'logo.png');
    writeFileSync(logo, Buffer.from('89504e470d0a1a0a', 'hex'));
    const env = { EMAIL_SERVICE_URL: smtp.url, BRAND_LOGO: logo };
    const sent = await send(env, '--locale', 'es');
    expect(sent).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/answered 250/) as string,
    });
    const [mail] = smtp.mails;
    expect(mail?.to).toBe('ada@example.com');
    expect(mail?.headers.get('content-type')).toMatch(/^multipart\/alternative/);
    const [text, html, picture] = mail?.parts ?? [];
    expect(mail?.parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html', 'image/png']);
    expect(text?.text).toMatch(/^Hola, Ada Lovelace:\s/);
    expect(html?.text).toContain('<img src="cid:logo"');
    expect(picture?.headers.get('content-id')).toBe('<logo>');
    smtp.answer((line) => (line.startsWith('RCPT') ? `550 5.1.1 no ${line}` : undefined));
    const refused = await send(env);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^Not sent: .*550\.\n$/);
    await smtp.stop();
  });

  it('sends by HTTP, and shows the status', async () => {
    const service = await startMailService();
    const env = { EMAIL_SERVICE_URL: service.url };
    expect((await send(env, '--template', 'verify_email')).stdout).toMatch(/answered 202/);
    expect(service.deliveries[0]?.body).toMatchObject({
      to: 'ada@example.com',
      template: 'verify_email',
      variables: { locale: 'en' },
    });
    service.answer(() => 422);
    const refused = await send(env);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^Not sent: .*422\.\n$/);
    await service.stop();
  });
});

describe('mails of the API', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi({ MAIL_TEMPLATES_DIR: join(folder, 'own') })
      .withMails('log')
      .start();
  });

  afterAll(() => api?.stop());

  it('can be seen by superusers alone, in any language', async () => {
    const root = api.as(await superuser(api, api.database));
    const preview = '/admin/mails/preview?template=welcome';
    expect((await root.get('/admin/mails/templates')).body).toMatchObject({
      templates: expect.arrayContaining(['welcome', 'invitation']) as string[],
      languages: ['en', 'de', 'fr', 'es'],
    });
    expect((await root.get(`${preview}&locale=de-CH`)).body['subject']).toBe(
      'Moin bei User Accounts',
    );
    const { body } = await root.get<{ html: string; text: string }>(preview);
    expect(body.html).toContain('<html lang="en"');
    expect(body.text).toContain('Hello Ada Lovelace,');
    const wrong = await root.get('/admin/mails/preview?template=none&locale=german');
    expect(pointers(expectProblem(wrong, 400, 'request.invalid'))).toEqual([
      'query/locale',
      'query/template',
    ]);
    expectProblem(await api.as('service').get(preview), 403, 'auth.forbidden');
    expectProblem(await api.get(preview), 401, 'auth.unauthenticated');
  });

  it('do not start with a broken template, whose file and line are told', async () => {
    const env = cleanEnvironment({ MAIL_TEMPLATES_DIR: join(folder, 'broken') });
    const start = promisify(execFile)(...nodeCommand(join(DIST, 'main.js')), { env });
    await expect(start).rejects.toMatchObject({
      code: 78,
      stderr: expect.stringMatching(
        /welcome\/de\.liquid:6: has the unknown variable lnk/,
      ) as string,
    });
  });
});
