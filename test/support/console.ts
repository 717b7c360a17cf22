import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { PASSWORD, superuser, type TestUser, type Tokens } from './accounts.js';
import { browserSession } from './browser-session.js';
import { newPage, openBrowser } from './chromium.js';
import type { RunningApi } from './test-api.js';

/** What each suite about the console has for itself. */
export interface ConsoleSuite<Api extends RunningApi = RunningApi> {
  api: Api;
  /** A superuser. */
  admin: TestUser & { readonly tokens: Tokens };
  /** What a browser keeps where the superuser is signed in: names and values. */
  cookies: ReadonlyMap<string, string>;
  browser: Browser;
}

/**
 * Makes it before the tests of the suite. Nothing is there before that.
 * @param start gives the API: `sharedApi`, or one of the suite's own, which the suite stops.
 */
export function consoleSuite<Api extends RunningApi>(start: () => Promise<Api>): ConsoleSuite<Api> {
  const suite: Partial<ConsoleSuite<Api>> = {};
  beforeAll(async () => {
    suite.api = await start();
    suite.admin = await superuser(suite.api, suite.api.database);
    const session = browserSession(suite.api.url);
    await session.signIn(suite.admin.email);
    suite.cookies = session.cookies;
    suite.browser = await openBrowser();
  });
  afterAll(() => suite.browser?.close());
  return suite as ConsoleSuite<Api>;
}

/** A page of the console in a browser of its own, where the superuser of the suite is signed in, and what went wrong in it. */
export async function consolePage(suite: ConsoleSuite, options: BrowserContextOptions = {}) {
  const opened = await newPage(suite.browser, options);
  await openConsole(opened.page, suite);
  return opened;
}

/**
 * Opens the console anew in a page that a test has left somehow: signed in with the session of the suite, without other tabs and with
 * a network that works. A page is much faster at it than a new browser.
 */
export async function openConsole(
  page: Page,
  { api: { url }, cookies }: ConsoleSuite,
): Promise<void> {
  const context = page.context();
  const others = context.pages().filter((other) => other !== page);
  await Promise.all(others.map((other) => other.close()));
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.setOffline(false);
  await context.clearCookies();
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
  await page.goto(`${url}/console`);
}

/** Signs in by the page, on the way to a path of the console. */
export async function signInToConsole(
  page: Page,
  url: string,
  user: TestUser,
  path = '',
): Promise<void> {
  await page.goto(`${url}/console${path}`);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signInByPage(page, user);
}

/** Signs in by the page that leads to the console. */
export async function signInByPage(page: Page, { email }: TestUser): Promise<void> {
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
