import { generate } from 'otplib';
import type { Browser, Page } from 'playwright-core';

import { createUser, PASSWORD } from '../support/accounts.js';
import { newPage, openBrowser } from '../support/chromium.js';
import { type ForeignSite, startForeignSite } from '../support/foreign-site.js';
import { describeInBrowser } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Api, testApi } from '../support/test-api.js';
import { uniqueEmail } from '../support/users.js';

const NEXT = 'another-long-passphrase';

describeInBrowser('the pages in a browser', () => {
  let api: Api;
  let mails: MailService;
  let browser: Browser;

  beforeAll(async () => {
    mails = await startMailService();
    api = await testApi().withMails(mails).start();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await api?.stop();
    await mails?.stop();
  });

  const press = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).click();
  const told = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor();
  const at = (page: Page) => page.url().slice(api.url.length);
  const nameOf = async (id: string) => {
    const { body } = await api.as('service').get(`/users/${id}`);
    return body['name'];
  };

  async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await press(page, 'Sign in');
  }

  it('do without JavaScript from the sign-up to the sign-out, and no address has a secret', async () => {
    const { page } = await newPage(browser, { baseURL: api.url, javaScriptEnabled: false });
    const addresses: string[] = [];
    page.on('framenavigated', (frame) => addresses.push(frame.url()));
    const email = uniqueEmail();

    await page.goto('/sign-up');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await press(page, 'Create account');
    await told(page, 'Check your mail');

    const { token } = (await mails.mailed(email, 'welcome')).variables;
    await page.goto(`/verify-email?token=${token}`);
    await press(page, 'Confirm address');
    await told(page, 'Your address is confirmed.');
    expect(at(page)).toBe('/sign-in?notice=verified');

    await signIn(page, email);
    await page.waitForURL('**/account');
    await page.getByRole('link', { name: 'Security' }).click();
    await page.getByText('Add an authenticator app').click();
    await page.locator('#totp-current_password').fill(PASSWORD);
    await press(page, 'Continue');
    const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
    await page.getByLabel('Code from').fill(await generate({ secret }));
    await press(page, 'Finish set-up');
    const [code = '', other = ''] = await page.locator('.codes li').allInnerTexts();
    await page.getByRole('link', { name: 'I have saved them' }).click();
    await told(page, 'Your second factor is set up.');

    await page.getByText('Use a recovery code instead').click();
    await page.getByLabel('Recovery code').fill(code);
    await page.getByRole('button', { name: 'Confirm' }).last().click();
    await told(page, 'You can make changes now.');
    await page.getByLabel('New password').fill(NEXT);
    await press(page, 'Change password');
    await told(page, 'Your password is changed.');
    await press(page, 'Sign out');
    await told(page, 'You are signed out.');

    await signIn(page, email, NEXT);
    expect(at(page)).toBe('/sign-in/factor');
    await page.getByText('Use a recovery code instead').click();
    await page.getByLabel('Recovery code').fill(other);
    await page.getByRole('button', { name: 'Continue' }).last().click();
    await page.waitForURL('**/account');
    await press(page, 'Sign out');
    await told(page, 'You are signed out.');

    const later = addresses.filter((address) => !address.includes('/verify-email?token='));
    expect(later.length).toBeGreaterThan(8);
    for (const value of [token, PASSWORD, NEXT, secret, code, other])
      expect(later.filter((address) => address.includes(value))).toEqual([]);
    await page.context().close();
  });

  it('are used by the keyboard alone: every control is reached, and the focus is seen', async () => {
    const { email, id } = await createUser(api);
    await api.database.query('UPDATE users SET email_verified = true WHERE id = $1', [id]);
    const { page } = await newPage(browser, { baseURL: api.url });
    /** Goes on by the Tab key until a control has the focus, which is seen at each step. */
    const tabTo = async (name: string) => {
      for (let steps = 0; steps < 40; steps += 1) {
        await page.keyboard.press('Tab');
        const [text, outline] = await page.evaluate<[string, string]>(
          `(({ id, textContent, labels }) => [
              (labels?.[0] ?? { textContent }).textContent.trim(),
              getComputedStyle(document.activeElement).outlineStyle,
            ])(document.activeElement)`,
        );
        expect([text, outline === 'none']).toEqual([text, false]);
        if (text === name) return;
      }
      throw new Error(`the focus never comes to ${name} on ${page.url()}`);
    };
    const type = async (label: string, text: string) => {
      await tabTo(label);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    };
    const enter = async (control: string) => {
      await tabTo(control);
      await page.keyboard.press('Enter');
    };

    await page.goto('/sign-in');
    await enter('Skip to content');
    await type('E-mail address', email);
    await type('Password', PASSWORD);
    await enter('Sign in');
    await page.waitForURL('**/account');
    await type('Name', 'Grace');
    await enter('Save');
    await told(page, 'Saved.');
    expect(await nameOf(id)).toBe('Grace');
    await enter('Security');
    await page.waitForURL('**/account/security');
    await enter('Add an authenticator app');
    await type('Current password', PASSWORD);
    await enter('Continue');
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    await enter('Sign out');
    await told(page, 'You are signed out.');
    await page.context().close();
  });

  describe('beside a foreign page', () => {
    let foreign: ForeignSite;

    beforeAll(async () => {
      foreign = await startForeignSite();
    });

    afterAll(() => foreign?.stop());

    // Another port is the same site, so that cookies go along; another host is not.
    it.each(['127.0.0.1', 'localhost'])('change and tell nothing: %s', async (host) => {
      const { email, id } = await createUser(api);
      const { page } = await newPage(browser, { baseURL: api.url });
      await signIn(page, email);
      await page.waitForURL('**/account');
      const home = `http://${host}:${foreign.port}/`;

      for (const [action, field] of [
        ['/account', 'name'],
        ['/sign-out', 'x'],
        ['/account/security/sessions/end-others', 'x'],
      ]) {
        foreign.show(
          `<form method="post" action="${api.url}${action}"><input name="${field}" value="Mallory"><button>Go</button></form>`,
        );
        await page.goto(home);
        await press(page, 'Go');
        await page.getByRole('heading', { name: 'This form is out of date' }).waitFor();
      }

      const address = (path: string) => JSON.stringify(`${api.url}${path}`);
      foreign.show('<p>A page</p>');
      await page.goto(home);
      const read = await page.evaluate<string[]>(`Promise.all([
          ...[${address('/account')}, ${address('/users/me')}, ${address('/auth/session')}].map((url) =>
            fetch(url, { credentials: 'include' }).then((answer) => answer.text(), () => 'refused')),
          fetch(${address(`/users/${id}`)}, { method: 'PATCH', credentials: 'include', headers: { 'content-type': 'application/json' },
            body: '{"name":"Mallory"}' }).then((answer) => answer.text(), () => 'refused'),
          fetch(${address('/account')}, { method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({ name: 'Mallory' }) })
            .then((answer) => answer.text(), () => 'refused'),
          ...['img', 'script', 'iframe'].map((tag) => new Promise((resolve) => {
            const element = document.createElement(tag);
            element.onload = () => {
              let inside = 'nothing';
              try { inside = element.contentDocument?.body.textContent || 'nothing'; } catch {}
              resolve(tag === 'iframe' ? inside : 'loaded');
            };
            element.onerror = () => resolve('refused');
            element.src = ${address('/account')};
            document.body.append(element);
          })),
        ])`);
      expect(read).toEqual([...Array<string>(7).fill('refused'), 'nothing']);

      await page.goto('/account');
      expect(await page.getByLabel('Name').inputValue()).toBe('Ada');
      expect(await nameOf(id)).toBe('Ada');
      await page.context().close();
    });
  });
});
