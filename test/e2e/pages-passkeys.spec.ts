import type { Browser, Page } from 'playwright-core';

import { PASSWORD } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { newPage, openBrowser, serious } from '../support/chromium.js';
import { verifiedUser } from '../support/factors.js';
import { describeInBrowser } from '../support/installed.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';
import { addAuthenticator } from '../support/virtual-authenticator.js';

/** The authenticator of tests answers autofill at once, without a person who picks the passkey. */
const NO_AUTOFILL = `if (sessionStorage.getItem('autofill') === null)
  PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);`;

/** A person who takes a while. */
const PATIENT_AUTOFILL = `
  PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(true);
  navigator.credentials.get = () => new Promise(() => undefined);`;

let api: RunningApi;
let origin: string;

beforeAll(async () => {
  api = await sharedApi();
  // Browsers know no passkeys of addresses.
  origin = api.url.replace('127.0.0.1', 'localhost');
});

it('the sign-in page says without JavaScript that passkeys need it', async () => {
  const { text } = await browserSession(api.url).get('/sign-in');
  expect(text).toMatch(/<noscript>\s*<p class="note">Passkeys need JavaScript/);
  expect(text).toMatch(/<form[^>]*data-passkey="get"[^>]*\shidden\s*>/);
});

it('options of the second step are for the browser that began the sign-in, with its token', async () => {
  const browser = browserSession(api.url);
  const { text } = await browser.get('/sign-in');
  const [, token = ''] = /name="csrf-token" content="([^"]+)"/.exec(text) ?? [];
  const path = '/sign-in/factor/options';
  const forged = await browser.api('POST', path, { body: {} });
  expect([forged.status, forged.text]).toEqual([403, expect.stringContaining('auth.csrf')]);
  const own = { headers: { 'x-csrf-token': token }, body: {} };
  const { status, text: problem } = await browser.api('POST', path, own);
  expect([status, problem]).toEqual([400, expect.stringContaining('login_token')]);
});

describeInBrowser('passkeys on pages', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let email: string;

  beforeAll(async () => {
    browser = await openBrowser();
    ({ page, complaints } = await newPage(browser, { baseURL: origin }));
    await addAuthenticator(page);
    await page.addInitScript(NO_AUTOFILL);
    ({ email } = await verifiedUser(api, api.database));
  });
  afterAll(() => browser?.close());

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const signIn = async () => {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await button('Sign in').click();
  };
  const signOut = async () => {
    await button('Sign out').first().click();
    await page.waitForURL('**/sign-in?notice=signed-out');
  };

  it('are added with the password, and listed', async () => {
    await signIn();
    await page.waitForURL('**/account');
    await page.goto('/account/security');
    await page.getByText('Add a passkey').click();
    const form = page.locator('form[data-passkey=create]');
    const password = form.getByLabel('Current password');
    await password.fill('wrong');
    await form.getByRole('button').click();
    await form.getByText('This is not your current password.').waitFor();
    expect(await password.getAttribute('aria-describedby')).toBe(
      await form.locator('[role=alert]:visible').getAttribute('id'),
    );
    expect(await serious(page)).toEqual([]);
    await password.fill(PASSWORD);
    await form.getByLabel('Name of the passkey').fill('Desk');
    await form.getByRole('button').click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    expect(await page.locator('.codes li').count()).toBe(10);
    await page.getByRole('link', { name: 'I have saved them' }).click();
    await page.getByText('Desk').waitFor();
  });

  it('confirm changes in a session that has proved no second factor', async () => {
    await button('Use a passkey').click();
    await page.getByText('You can make changes now.').waitFor();
    expect(await page.getByRole('heading', { name: 'Confirm that it is you' }).count()).toBe(0);
  });

  it('are the second step after the password', async () => {
    await signOut();
    await signIn();
    await page.waitForURL('**/sign-in/factor');
    expect(await page.getByLabel('Code from your authenticator app').count()).toBe(0);
    expect(await serious(page)).toEqual([]);
    await button('Use a passkey').click();
    await page.waitForURL('**/account');
  });

  it('sign in without a name, on to the page that was wanted', async () => {
    await signOut();
    await page.goto('/sign-in?next=%2Faccount%2Fsecurity');
    await button('Sign in with a passkey').click();
    await page.waitForURL('**/account/security');
    expect(await page.getByText('Desk').count()).toBe(1);
  });

  it('are offered in the field for the address', async () => {
    await signOut();
    await page.evaluate("sessionStorage.setItem('autofill', 'on')");
    await page.goto('/sign-in?next=%2Faccount%2Fsecurity');
    await page.waitForURL('**/account/security');
    await page.evaluate("sessionStorage.removeItem('autofill')");
    expect(await page.getByText('Desk').count()).toBe(1);
  });

  it('are asked for anew in the field, on a page that stayed open', async () => {
    const { page: open } = await newPage(browser, { baseURL: origin });
    await open.clock.install();
    await open.addInitScript(PATIENT_AUTOFILL);
    const asked = () => open.waitForRequest('**/auth/passkey/options');
    const [field, other] = [open.getByLabel('E-mail address'), open.getByLabel('Password')];
    await Promise.all([asked(), open.goto('/sign-in')]);
    const again: string[] = [];
    open.on('request', (request) => {
      if (request.method() === 'POST') again.push(request.url());
    });
    await field.focus();
    await other.focus();
    await open.clock.fastForward('05:00');
    await Promise.all([asked(), field.focus()]);
    expect(again).toHaveLength(1);
    await open.context().close();
  });

  it('are removed, and sign in no more', async () => {
    await button('Remove Desk').click();
    await page.getByText('None yet.').waitFor();
    await signOut();
    await button('Sign in with a passkey').click();
    await page.getByText('That did not work.').locator('visible=true').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in/passkey');
  });

  it('are missed in browsers that know none', async () => {
    const { page: old } = await newPage(browser, { baseURL: origin });
    await old.addInitScript('delete globalThis.PublicKeyCredential');
    await old.goto('/sign-in');
    await old.getByText('Passkeys need JavaScript and a browser that supports them.').waitFor();
    expect(await old.locator('form[data-passkey]').isVisible()).toBe(false);
    await old.context().close();
  });

  it('leave no error in the console of the browser', () => {
    expect(complaints).toEqual([]);
  });
});
