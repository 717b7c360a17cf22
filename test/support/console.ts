import type { Page } from 'playwright-core';

import { PASSWORD, type TestUser } from './accounts.js';

/** Signs in by the page, on the way to the console. */
export async function signInToConsole(page: Page, url: string, { email }: TestUser): Promise<void> {
  await page.goto(`${url}/console`);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page
    .getByLabel(/e-?mail/i)
    .first()
    .fill(email);
  await page.locator('input[type=password]').first().fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(({ pathname }) => pathname.startsWith('/console'));
}
