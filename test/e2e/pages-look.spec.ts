import type { Browser, Page } from 'playwright-core';

import { createUser, PASSWORD } from '../support/accounts.js';
import { newPage, openBrowser, serious } from '../support/chromium.js';
import { userWithApp, verifiedUser } from '../support/factors.js';
import { describeInBrowser } from '../support/installed.js';
import { invite, mailedToken } from '../support/invitations.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Api, testApi } from '../support/test-api.js';

const WIDTHS = [1280, 320];
const OPEN = [
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/forgot-password?notice=sent',
  '/verify-email?token=x',
  '/not-me?notice=secured',
  '/nowhere',
];

describeInBrowser('each page, in dark and light, wide and narrow', () => {
  let api: Api;
  let mails: MailService;
  let browser: Browser;
  let page: Page;
  let faults: string[] = [];

  beforeAll(async () => {
    mails = await startMailService();
    api = await testApi().withMails(mails).start();
    browser = await openBrowser();
    ({ page } = await newPage(browser, { baseURL: api.url }));
  });

  afterAll(async () => {
    await browser?.close();
    await api?.stop();
    await mails?.stop();
  });

  afterEach(() => {
    faults = [];
  });

  /** Looks at what the browser shows, and keeps its faults. */
  async function look(where: string): Promise<void> {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (needed !== width) faults.push(`${where} needs ${needed} of ${width} px`);
    }
    // A theme has colours of its own, and nothing else.
    for (const [colorScheme, rules] of [
      ['dark', ['color-contrast']],
      ['light', undefined],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      for (const fault of await serious(page, rules))
        faults.push(`${where}, ${colorScheme}: ${fault}`);
    }
  }

  async function open(path: string): Promise<void> {
    await page.goto(path);
    await look(path);
  }

  async function send(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value);
    await page.click('main button.primary');
  }

  it('of strangers fits, and axe finds nothing serious', async () => {
    for (const path of OPEN) await open(path);
    await page.goto('/sign-up');
    await send({ name: '', email: 'no address', password: 'short' });
    await look('errors of a sign-up');
    const { email } = await createUser(api);
    const { token } = (await mails.mailed(email, 'welcome')).variables;
    await open(`/verify-email?token=${token}`);
    await api.post('/auth/password/forgot', { email });
    const reset = (await mails.mailed(email, 'password_reset')).variables;
    await open(`/reset-password?token=${reset.token}`);
    const invitation = await mailedToken(mails, await invite(api.as('service')));
    await open(`/invitation?token=${invitation}`);
    expect(faults).toEqual([]);
  });

  it('of accounts fits, and axe finds nothing serious', async () => {
    const user = await userWithApp(api);
    await page.goto('/sign-in');
    await send({ email: user.email, password: PASSWORD });
    await look('the second step');
    await send({ code: '000000' });
    await look('an error of the second step');
    await send({ code: await user.freshCode() });
    for (const path of ['/account', '/account/security']) await open(path);
    await page.click('text="Make new recovery codes"');
    await look('recovery codes');
    await page.context().clearCookies();

    const { email } = await verifiedUser(api, api.database);
    await page.goto('/sign-in');
    await send({ email, password: 'wrong' });
    await look('an error of the sign-in');
    await send({ password: PASSWORD });
    await open('/account/security');
    await page.click('text="Add an authenticator app"');
    await page.fill('#totp-current_password', 'wrong');
    await page.click('form[action$="/totp"] button');
    await look('an error of a new app');
    await page.fill('#totp-current_password', PASSWORD);
    await page.click('form[action$="/totp"] button');
    await look('a new app');
    expect(faults).toEqual([]);
  });
});
