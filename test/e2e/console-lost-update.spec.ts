import type { Page } from 'playwright-core';

import { createUser, type TestUser } from '../support/accounts.js';
import { comeBack, consolePage, consoleSuite } from '../support/console.js';
import { describeInBrowser } from '../support/installed.js';
import { sharedApi } from '../support/shared-api.js';
import { uniqueEmail } from '../support/users.js';

describeInBrowser('the console, when somebody else changes a user meanwhile', () => {
  const suite = consoleSuite(sharedApi);
  let page: Page;
  let user: TestUser;

  beforeAll(async () => {
    ({ page } = await consolePage(suite));
  });

  beforeEach(async () => {
    user = await createUser(suite.api);
    await page.goto(`${suite.api.url}/console/users/${user.id}`);
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const inDialog = (name: string) =>
    page.getByRole('dialog').getByRole('button', { name, exact: true });
  const changeElsewhere = (body: object) =>
    suite.api.as('service').patch(`/users/${user.id}`, body);
  const stored = async () => {
    const { body } = await suite.api.as('service').get(`/users/${user.id}`);
    return body;
  };
  const refused = () =>
    page.getByRole('dialog').getByText('has changed since it was read').waitFor();

  it('never saves over a version that the page has read behind an open dialog', async () => {
    const email = uniqueEmail();
    await button('Edit').click();
    await page.getByLabel('E-mail').fill(email);
    await changeElsewhere({ name: 'Countess' });
    await comeBack(page);
    await page.getByRole('heading', { name: 'Countess', level: 1, includeHidden: true }).waitFor();
    await inDialog('Save').click();
    const both = page.getByRole('table', { name: 'Both versions' });
    await both.waitFor();
    expect(await stored()).toMatchObject({ name: 'Countess', email: user.email });
    await inDialog('Save mine').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await stored()).toMatchObject({ name: 'Countess', email });
  });

  it('refuses another role once, shows what changed, and then goes over that', async () => {
    await button('Role').click();
    await page.getByRole('combobox', { name: 'Role' }).selectOption('superuser');
    await changeElsewhere({ name: 'Countess' });
    await inDialog('Save').click();
    await refused();
    await page.getByRole('heading', { name: 'Countess', includeHidden: true }).waitFor();
    expect(await stored()).toMatchObject({ role: 'user' });
    await inDialog('Save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await stored()).toMatchObject({ role: 'superuser', name: 'Countess' });
  });

  it('does not turn a suspension into the opposite when somebody else suspends', async () => {
    await button('Suspend').click();
    await changeElsewhere({ status: 'suspended' });
    await inDialog('Suspend').click();
    await refused();
    await inDialog('Suspend').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await stored()).toMatchObject({ status: 'suspended' });
  });

  it('deletes the version that was shown alone', async () => {
    await button('Delete').click();
    await page.getByLabel(`Type ${user.email}`).fill(user.email);
    await changeElsewhere({ name: 'Countess' });
    await inDialog('Delete').click();
    await refused();
    await inDialog('Delete').click();
    await page.waitForURL(/\/console\/users$/);
    expect(await stored()).toMatchObject({ code: 'users.not-found' });
  });
});
