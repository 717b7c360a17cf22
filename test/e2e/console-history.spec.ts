import type { Page } from 'playwright-core';

import { consolePage, consoleSuite } from '../support/console.js';
import { describeInBrowser } from '../support/installed.js';
import { sharedApi } from '../support/shared-api.js';
import { insertUsers } from '../support/users.js';

/** Comes before the others, until the list is that of active ones. */
const SUSPENDED = 'Person';

describeInBrowser('the history of the console', () => {
  const suite = consoleSuite(sharedApi);
  let page: Page;

  beforeAll(async () => {
    const people = Array.from({ length: 60 }, (_, index) => ({
      name: `Person ${String(index).padStart(2, '0')}`,
    }));
    await insertUsers(suite.api.database, [{ name: SUSPENDED, status: 'suspended' }, ...people]);
    ({ page } = await consolePage(suite));
  });

  const link = (name: string) => page.getByRole('link', { name, exact: true });
  /** The second page of people, active ones. */
  const openSecondPage = async () => {
    await page.goto(`${suite.api.url}/console/users`);
    await page.getByRole('searchbox').pressSequentially('person');
    await link(SUSPENDED).waitFor();
    const filtered = page.waitForResponse(/users\?(?=.*q=person)(?=.*status=active)/);
    await page.getByLabel('Status').selectOption('active');
    await filtered;
    await link(SUSPENDED).waitFor({ state: 'detached' });
    await link('Person 24').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await link('Person 49').waitFor();
  };
  const expectSecondPage = async () => {
    await link('Person 49').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('person');
    expect(await page.getByLabel('Status').inputValue()).toBe('active');
    expect(await page.getByText('Page 2').count()).toBe(1);
  };

  it('finds the same page of the same search by Back, Forward and Reload', async () => {
    await openSecondPage();
    await link('Person 30').click();
    await page.getByRole('heading', { name: 'Person 30' }).waitFor();
    await page.goBack();
    await expectSecondPage();
    await page.goForward();
    await page.getByRole('heading', { name: 'Person 30' }).waitFor();
    await page.goBack();
    await page.reload();
    await expectSecondPage();
    await page.getByRole('button', { name: 'Previous' }).click();
    await link('Person 24').waitFor();
  });

  it('begins a section anew by its link', async () => {
    await openSecondPage();
    await link('Users').click();
    await page.getByText('Page 1').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  it('puts nothing personal into addresses of the page or the storage of the browser', async () => {
    await openSecondPage();
    expect(page.url()).toBe(`${suite.api.url}/console/users?status=active`);
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  });
});
