import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type SmtpServer, startSmtpServer } from '../support/smtp-server.js';
import { waitFor } from '../support/wait-for.js';
import { create, expectOnlyHashed, jobOf } from '../support/welcome-mails.js';

const quick = { EMAIL_RETRY_DELAY_SECONDS: '1', PUBLIC_URL: 'https://app.example' };

describe('welcome mail by the HTTP service', () => {
  let mail: MailService;
  let api: Api;

  beforeAll(async () => {
    mail = await startMailService();
    api = await testApi()
      .with({
        ...quick,
        EMAIL_SERVICE_URL: `${mail.url}/`,
        EMAIL_SERVICE_TOKEN: 'mail-service-token',
      })
      .start();
  });

  afterAll(async () => {
    await api?.stop();
    await mail?.stop();
  });

  beforeEach(() => mail.answer(() => 202));

  const deliveriesTo = (email: string) => mail.deliveries.filter(({ body }) => body.to === email);

  const delivered = (email: string) =>
    waitFor('the mail', () => deliveriesTo(email).find(({ status }) => status < 300));

  it('is sent with the documented body, the service token and the job as its key', async () => {
    const user = await create(api, { name: 'Adä 🦊' });
    const { body, headers, key } = await delivered(user.email);
    expect(body).toEqual({
      to: user.email,
      template: 'welcome',
      // Nobody has confirmed the address: what a stranger called its owner is not repeated.
      variables: { token: expect.stringMatching(/^[\w-]{43}$/) as string, locale: 'en' },
    });
    expect(headers.authorization).toBe('Bearer mail-service-token');
    expect(key).toBe((await jobOf(api.database, user.id))?.id);
    await expectOnlyHashed(api, body.variables.token);
  });

  it('is retried with the same key and token until it is accepted once', async () => {
    let failures = 0;
    mail.answer(({ body }) => (body.to.startsWith('retry') && (failures += 1) < 3 ? 503 : 202));
    const user = await create(api, { email: 'retry@example.com' });
    const { key, body } = await delivered(user.email);
    const all = deliveriesTo(user.email);
    expect(all.map(({ status }) => status)).toEqual([503, 503, 202]);
    expect(new Set(all.map((each) => each.key))).toEqual(new Set([key]));
    expect(new Set(all.map((each) => each.body.variables.token))).toEqual(
      new Set([body.variables.token]),
    );
    await waitFor(
      'the job to end',
      async () => (await jobOf(api.database, user.id))?.state === 'completed',
    );
    await expectOnlyHashed(api, body.variables.token);
    expect(deliveriesTo(user.email)).toHaveLength(3);
  });

  it('holds a token whose lifetime starts at delivery, however late', async () => {
    mail.answer(({ body }) => (body.to.startsWith('late') ? 503 : 202));
    const user = await create(api, { email: 'late@example.com' });
    await waitFor('the first attempt', () => deliveriesTo(user.email).length === 1);
    await api.database.query(
      `UPDATE mailed_tokens SET expires_at = now() - interval '1 day' WHERE user_id = $1`,
      [user.id],
    );
    mail.answer(() => 202);
    const { token } = (await delivered(user.email)).body.variables;
    const redeem = () => api.post('/auth/verify-email', { token });
    expect((await redeem()).status).toBe(204);
    expect((await redeem()).status).toBe(400);
  });

  it('does not restore a token that was replaced meanwhile', async () => {
    mail.answer(({ body }) => (body.to.startsWith('old') ? 503 : 202));
    const user = await create(api, { email: 'old@example.com' });
    await waitFor('the first attempt', () => deliveriesTo(user.email).length === 1);
    const { token } = deliveriesTo(user.email)[0]?.body.variables ?? {};
    await api.database.query('UPDATE mailed_tokens SET used_at = now() WHERE user_id = $1', [
      user.id,
    ]);
    mail.answer(() => 202);
    await waitFor(
      'the job to end',
      async () => (await jobOf(api.database, user.id))?.state === 'completed',
    );
    expect(deliveriesTo(user.email).filter(({ status }) => status < 300)).toEqual([]);
    const answer = await api.post('/auth/verify-email', { token });
    expectProblem(answer, 400, 'auth.invalid-token');
  });

  it('is not sent to a user who was deleted meanwhile', async () => {
    mail.answer(({ body }) => (body.to.startsWith('gone') ? 500 : 202));
    const user = await create(api, { email: 'gone@example.com' });
    await waitFor('the first attempt', () => deliveriesTo(user.email).length === 1);
    await api.as('service').delete(`/users/${user.id}`);
    await waitFor(
      'the job to end',
      async () => (await jobOf(api.database, user.id))?.state === 'completed',
    );
    expect(deliveriesTo(user.email)).toHaveLength(1);
  });

  it('never fails the request, and puts no address into logs or stored reasons', async () => {
    mail.answer(() => 500);
    const user = await create(api, { email: 'fails@example.com' });
    expect(user.id).toBeDefined();
    await waitFor('the failure to be stored', async () => {
      const [row] = await api.database.query<{ output: string }>(
        `SELECT output::text AS output FROM pgboss.job WHERE state = 'retry'`,
      );
      return row?.output.includes('answered 500');
    });
    expect(api.output()).not.toMatch(/@example\.com/);
    const [row] = await api.database.query<{ text: string }>(
      `SELECT string_agg(j::text, ' ') AS text FROM pgboss.job j`,
    );
    expect(row?.text).not.toMatch(/@example\.com/);
  });
});

describe('welcome mail by SMTP', () => {
  let smtp: SmtpServer;
  let api: Api;

  beforeAll(async () => {
    smtp = await startSmtpServer();
    api = await testApi()
      .withMails(smtp)
      .with({ ...quick })
      .start();
  });

  afterAll(async () => {
    await api?.stop();
    await smtp?.stop();
  });

  it('arrives once its server accepts it, with a link and the same key on each attempt', async () => {
    smtp.refuse(1);
    const user = await create(api, { name: 'Adä' });
    const mail = await waitFor('the mail', () => smtp.mails.find(({ to }) => to === user.email));
    expect(mail.from).toBe('no-reply@app.example');
    expect(mail.text).toMatch(/^Hello,\s/);
    expect(mail.text).not.toContain('Adä');
    const [, token = ''] =
      /https:\/\/app\.example\/verify-email\?token=([\w-]{43})\s/.exec(mail.text) ?? [];
    await expectOnlyHashed(api, token);
    const { id } = (await jobOf(api.database, user.id)) ?? {};
    expect(mail.headers.get('idempotency-key')).toBe(id);
    expect(mail.headers.get('message-id')).toBe(`<${id}@app.example>`);
    expect(smtp.mails.filter(({ to }) => to === user.email)).toHaveLength(1);
    expect(api.output()).not.toContain(user.email);
  });

  it('is addressed in ASCII where the domain is internationalised', async () => {
    await create(api, { email: 'ada@münchen.example' });
    const to = 'ada@xn--mnchen-3ya.example';
    const mail = await waitFor('the mail', () => smtp.mails.find((sent) => sent.to === to));
    expect(mail.headers.get('to')).toBe(to);
  });
});

describe('welcome mail without a mail service', () => {
  let api: Api;

  beforeAll(async () => {
    // A free port, and no PUBLIC_URL.
    api = await testApi().with({ EMAIL_RETRY_DELAY_SECONDS: '1' }).start();
  });

  afterAll(() => api?.stop());

  it('is a file in the outbox that only its owner can read', async () => {
    const user = await create(api);
    const folder = join(api.dataDir, 'outbox');
    const file = await waitFor('the file', () =>
      readdirSync(folder).find((name) => name.endsWith('.json')),
    );
    const path = join(folder, file);
    const mail = JSON.parse(readFileSync(path, 'utf8')) as {
      idempotency_key: string;
      to: string;
      variables: { token: string };
      text: string;
    };
    expect(mail).toMatchObject({
      to: user.email,
      template: 'welcome',
      subject: 'Welcome to User Accounts',
    });
    const { port } = new URL(api.url);
    expect(mail.text).toContain(`http://localhost:${port}/verify-email?token=`);
    expect(file).toBe(`${mail.idempotency_key}.json`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await expectOnlyHashed(api, mail.variables.token);
  });
});
