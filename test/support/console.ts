import type { Page } from 'playwright-core';

import { PASSWORD, type TestUser } from './accounts.js';

/** Signs in by the page, on the way to a path of the console. */
export async function signInToConsole(
  page: Page,
  url: string,
  { email }: TestUser,
  path = '',
): Promise<void> {
  await page.goto(`${url}/console${path}`);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page
    .getByLabel(/e-?mail/i)
    .first()
    .fill(email);
  await page.locator('input[type=password]').first().fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(({ pathname }) => pathname.startsWith('/console'));
}

/** Comes back to a tab after an hour: the console reads its data again. */
export function comeBack(page: Page): Promise<unknown> {
  return page.evaluate(`{
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    window.dispatchEvent(new Event('visibilitychange'));
  }`);
}
