import type { Browser, Page } from 'playwright-core';

import { createUser, superuser, type TestUser } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { newPage, openBrowser, PLAIN_HOST } from '../support/chromium.js';
import { describeInBrowser } from '../support/installed.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';

describeInBrowser('the console by plain HTTP', () => {
  let api: RunningApi;
  let browser: Browser;
  let page: Page;
  let user: TestUser;
  let url: string;

  beforeAll(async () => {
    api = await sharedApi();
    user = await createUser(api);
    url = `http://${PLAIN_HOST}:${new URL(api.url).port}`;
    const session = browserSession(api.url);
    await session.signIn((await superuser(api, api.database)).email);
    browser = await openBrowser();
    ({ page } = await newPage(browser));
    await page
      .context()
      .addCookies([...session.cookies].map(([name, value]) => ({ name, value, url })));
    await page.goto(`${url}/console`);
    await page.getByRole('table', { name: 'Users' }).waitFor();
  });

  afterAll(() => browser?.close());

  it('is not a secure context', async () => {
    expect(await page.evaluate('[isSecureContext, typeof crypto.randomUUID]')).toEqual([
      false,
      'undefined',
    ]);
  });

  it('changes a tier under a key of its own', async () => {
    await page.goto(`${url}/console/users/${user.id}`);
    await page.getByRole('button', { name: 'Tier' }).click();
    await page.getByRole('combobox', { name: 'Tier' }).selectOption('pro');
    const sent = page.waitForRequest(/\/tier$/);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    expect((await sent).headers()['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('copies a secret', async () => {
    await page.goto(`${url}/console/api-keys`);
    await page.getByRole('button', { name: 'Create API key' }).click();
    await page.getByLabel('Name', { exact: true }).fill('billing');
    await page.getByLabel('users:read').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    const key = page.getByLabel('Key', { exact: true });
    const secret = await key.inputValue();
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Create API key' }).click();
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.press('Control+V');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe(secret);
  });
});
