import { createUser, login, PASSWORD, signedIn } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { invite } from '../support/invitations.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.js';
import { appearsIn } from '../support/seen-secrets.js';
import { type Api, testApi } from '../support/test-api.js';
import { uniqueEmail } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const NEXT = 'another-long-passphrase';
const LOOKS = 20;

let mails: MailService;
let receiver: OtlpReceiver;
let api: Api;

beforeAll(async () => {
  [mails, receiver] = await Promise.all([startMailService(), startOtlpReceiver()]);
  api = await testApi()
    .withMails(mails)
    .with({
      LOG_LEVEL: 'TRACE',
      LOG_CALLER: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    })
    .start();
});

afterAll(async () => {
  await api?.stop();
  await Promise.all([receiver?.stop(), mails?.stop()]);
});

/** A mailed link, and the form behind it. */
interface Link {
  readonly name: string;
  readonly page: string;
  /** Where the form goes, if not to the page itself. */
  readonly action?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Where the browser is led once the link has done its work. */
  readonly leadsTo: string;
  /** Has the mail sent. @returns its address and template. */
  readonly send: () => Promise<readonly [to: string, template: string]>;
}

const links: readonly Link[] = [
  {
    name: 'confirms the address of a new account',
    page: '/verify-email',
    leadsTo: '/sign-in?notice=verified',
    send: async () => [(await createUser(api)).email, 'welcome'],
  },
  {
    name: 'sets the first password',
    page: '/verify-email',
    action: '/reset-password',
    fields: { password: NEXT },
    leadsTo: '/sign-in?notice=password-set',
    send: async () => [(await createUser(api, { password: null })).email, 'welcome'],
  },
  {
    name: 'confirms a changed address',
    page: '/verify-email',
    leadsTo: '/sign-in?notice=verified',
    send: async () => {
      const { id } = await createUser(api);
      const email = uniqueEmail();
      await api.as('service').patch(`/users/${id}`, { email });
      return [email, 'verify_email'];
    },
  },
  {
    name: 'resets a password',
    page: '/reset-password',
    fields: { password: NEXT },
    leadsTo: '/sign-in?notice=password-set',
    send: async () => {
      const { email } = await createUser(api);
      await browserSession(api.url).submit('/forgot-password', { email });
      return [email, 'password_reset'];
    },
  },
  {
    name: 'accepts an invitation',
    page: '/invitation',
    fields: { name: 'Grace', password: NEXT },
    leadsTo: '/sign-in?notice=invited',
    send: async () => [(await invite(api.as('service'))).email, 'invitation'],
  },
  {
    name: 'disowns a sign-in',
    page: '/not-me',
    leadsTo: '/not-me?notice=secured',
    send: async () => {
      const { email } = await signedIn(api);
      await login(api, email, PASSWORD, { 'user-agent': 'another' });
      return [email, 'new_device'];
    },
  },
];

/** Secrets of the browsers of this test: values of cookies and tokens of forms. */
const seen = new Set<string>([PASSWORD, NEXT]);

describe('a mailed link', () => {
  it.each(links)(
    '$name once, by a form, after scanners of mails have looked at it, and then says so at once',
    async ({ page, action = page, fields = {}, leadsTo, send }) => {
      const [to, template] = await send();
      const { token } = (await mails.mailed(to, template)).variables;
      const path = `${page}?token=${token}`;
      const shown = await browserSession(api.url).get(path);
      expect(shown.status).toBe(200);
      expect(shown.hidden(action)['token']).toBe(token);
      for (let look = 0; look < LOOKS; look += 1) {
        const scanner = browserSession(api.url);
        const { status } = await scanner.api(look % 2 === 0 ? 'GET' : 'HEAD', path);
        expect(status).toBe(200);
      }
      const browser = browserSession(api.url);
      const form = (await browser.get(path)).hidden(action);
      const done = await browser.post(action, { ...form, ...fields });
      expect([done.status, done.location]).toEqual([303, leadsTo]);
      const again = [
        await browser.post(action, { ...form, ...fields }),
        await browser.get(path),
        await browser.get(`${page}?token=${'A'.repeat(43)}`),
        await browser.get(page),
      ];
      for (const { status, text } of again) {
        expect(status).toBe(400);
        expect(text).toContain('This link does not work any more');
      }
      for (const secret of [...browser.cookies.values(), form['csrf_token'] ?? ''])
        seen.add(secret);
    },
  );

  it('leaves its token in no log line, span or metric, nor any secret of the browser', async () => {
    const { email } = await createUser(api);
    const browser = browserSession(api.url);
    await browser.signIn(email);
    await browser.submit('/account', { name: 'Grace' });
    for (const { body } of mails.deliveries) seen.add(body.variables.token);
    for (const secret of browser.cookies.values()) seen.add(secret);
    seen.delete('');
    expect(seen.size).toBeGreaterThan(2 * links.length);

    const last = (await api.get('/.well-known/jwks.json')).headers.get('x-request-id') ?? '';
    await waitFor('all log lines', () => api.output().includes(last));
    await waitFor('all spans', () => receiver.text().includes('/.well-known/jwks.json'));
    const { text: metrics } = await api.get('/metrics');
    expect(api.output()).toContain('/reset-password');
    expect(receiver.text()).toContain('/reset-password');
    for (const [where, text] of Object.entries({
      log: api.output(),
      spans: receiver.text(),
      metrics,
    }))
      expect([where, [...seen].filter((secret) => appearsIn(text, secret))]).toEqual([where, []]);
  });
});
