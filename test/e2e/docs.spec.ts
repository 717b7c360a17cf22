import type { Browser, Page } from 'playwright-core';

import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';
import { openBrowser } from '../support/chromium.js';
import { describeInBrowser } from '../support/installed.js';
import { signUp } from '../support/users.js';

describeInBrowser('/docs in Chromium', () => {
  let api: RunningApi;
  let browser: Browser;
  let page: Page;
  const requested: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    api = await sharedApi();
    browser = await openBrowser();
    page = await browser.newPage();
    page.on('request', (request) => requested.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${api.url}/docs`);
  });

  afterAll(() => browser?.close());

  it('shows every operation of the API', async () => {
    await page.locator('#operations-users-createUser').waitFor();
    expect(await page.locator('h1, h2.title').first().textContent()).toContain('user API');
    for (const id of ['listUsers', 'getUser', 'updateUser', 'deleteUser'])
      expect(await page.locator(`#operations-users-${id}`).count()).toBe(1);
  });

  it('creates a user by "Try it out"', async () => {
    const body = signUp();
    const operation = page.locator('#operations-users-createUser');
    await operation.locator('.opblock-summary-control').click();
    const text = operation.locator('textarea.body-param__text');
    await text.waitFor();
    await text.fill(JSON.stringify(body));
    await operation.locator('button.execute').click();
    const status = operation.locator('.live-responses-table .response-col_status').last();
    await status.waitFor();
    expect(await status.textContent()).toContain('201');
    const rows = await api.database.query('SELECT name FROM users WHERE email = $1', [body.email]);
    expect(rows).toEqual([{ name: body.name }]);
  });

  it('loads nothing from other hosts, and logs no error in the browser', () => {
    expect(requested.length).toBeGreaterThan(3);
    const hosts = requested
      .filter((url) => url.startsWith('http') || url.startsWith('ws'))
      .map((url) => new URL(url).origin);
    expect(new Set(hosts)).toEqual(new Set([new URL(api.url).origin]));
    expect(complaints).toEqual([]);
  });
});
