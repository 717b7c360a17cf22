import { mailTemplates } from '../../src/platform/mail/messages/mail.js';
import { variablesOf } from '../../src/platform/mail/messages/mail-links.js';
import { createUser, PASSWORD } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { mailedLinks, NEXT_PASSWORD } from '../support/mailed-links.js';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.js';
import { appearsIn } from '../support/seen-secrets.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

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

/** Secrets of the browsers of this test: values of cookies and tokens of forms. */
const seen = new Set<string>([PASSWORD, NEXT_PASSWORD]);

describe('a mailed link', () => {
  it('is tested for every mail whose link has a token', () => {
    const withToken = mailTemplates.filter((name) => variablesOf(name).includes('token'));
    const tested = new Set(mailedLinks.map(({ template }) => template));
    expect([...tested].toSorted()).toEqual(withToken.toSorted());
  });

  it.each(mailedLinks)(
    '$name once, by a form, after scanners of mails have looked at it, and then says so at once',
    async ({ page, action = page, fields = {}, leadsTo, template, send }) => {
      const { token } = (await mails.mailed(await send(api), template)).variables;
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
    expect(seen.size).toBeGreaterThan(2 * mailedLinks.length);

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
