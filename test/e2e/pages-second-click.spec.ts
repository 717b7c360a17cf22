import type { Browser } from 'playwright-core';

import { newPage, openBrowser } from '../support/chromium.js';
import { describeInBrowser } from '../support/installed.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';

describeInBrowser('a form of the pages', () => {
  let api: RunningApi;
  let browser: Browser;

  beforeAll(async () => {
    [api, browser] = await Promise.all([sharedApi(), openBrowser()]);
  });

  afterAll(() => browser?.close());

  it('is sent once, however often somebody clicks while its answer is on the way', async () => {
    const { page } = await newPage(browser, { baseURL: api.url });
    await page.goto('/forgot-password');
    /** Whether the browser would send the form. */
    const asked = () =>
      page.evaluate<boolean>(
        `document.querySelector('main form')
          .dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }))`,
      );
    expect([await asked(), await asked()]).toEqual([true, false]);
    // As when somebody comes back to the page.
    await page.evaluate("dispatchEvent(new Event('pageshow'))");
    await page.getByLabel('E-mail address').fill('ada@example.com');
    await page.getByRole('button', { name: 'Send link' }).click();
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
  });
});
