import type { Browser } from 'playwright-core';

import { PASSWORD } from '../support/accounts.js';
import { newPage, openBrowser } from '../support/chromium.js';
import { verifiedUser } from '../support/factors.js';
import { freePort } from '../support/free-port.js';
import { newPerson } from '../support/identities.js';
import { describeInBrowser } from '../support/installed.js';
import { type OidcServer, startOidcServer } from '../support/oidc-server.js';
import { type Api, testApi } from '../support/test-api.js';

const SECURITY = '/account/security';

describeInBrowser('a browser at an identity provider', () => {
  let server: OidcServer;
  let api: Api;
  let browser: Browser;

  beforeAll(async () => {
    const port = String(await freePort());
    const PUBLIC_URL = `http://127.0.0.1:${port}`;
    server = await startOidcServer(PUBLIC_URL);
    const OIDC_PROVIDERS = JSON.stringify([server.settings('mock', { label: 'Mock ID' })]);
    api = await testApi().withoutJobs().with({ PORT: port, PUBLIC_URL, OIDC_PROVIDERS }).start();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await api?.stop();
    await server?.stop();
  });

  it.each([true, false])(
    'gives up, signs in, and comes to the page that was wanted (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const { page, complaints } = await newPage(browser, {
        baseURL: api.url,
        javaScriptEnabled,
      });
      const way = page.getByRole('link', { name: 'Continue with Mock ID' });
      await page.goto(`/sign-in?next=${SECURITY}`);
      server.seat();
      await way.click();
      await page.getByRole('alert').getByText('Mock ID did not confirm your sign-in.').waitFor();
      await page.getByRole('link', { name: 'Back to sign-in' }).click();
      const person = newPerson();
      server.seat(person);
      await way.click();
      await page.waitForURL(`**${SECURITY}`);
      await page.getByText(String(person.email)).waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it.each([true, false])(
    'links the identity to the own account (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const { email } = await verifiedUser(api, api.database);
      const { page, complaints } = await newPage(browser, {
        baseURL: api.url,
        javaScriptEnabled,
      });
      await page.goto(`/sign-in?next=${SECURITY}`);
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      const person = newPerson();
      server.seat(person);
      const form = page.locator(`form[action="${SECURITY}/identities"]`);
      await page.locator('details', { has: form }).locator('summary').click();
      await form.getByLabel('Current password').fill(PASSWORD);
      await form.getByRole('button').click();
      await page.getByRole('status').getByText('The accounts are linked.').waitFor();
      await page.getByText(String(person.email)).waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});
