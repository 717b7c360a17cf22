import type { Page, Route } from 'playwright-core';

import { createUser, superuser } from '../support/accounts.js';
import {
  comeBack,
  consolePage,
  consoleSuite,
  openConsole,
  signInByPage,
  signInToConsole,
} from '../support/console.js';
import { describeInBrowser } from '../support/installed.js';
import { sharedApi } from '../support/shared-api.js';

describeInBrowser('the console, when something fails', () => {
  const suite = consoleSuite(sharedApi);
  let page: Page;

  beforeAll(async () => {
    ({ page } = await consolePage(suite));
  });

  beforeEach(async () => {
    await openConsole(page, suite);
    await page.getByRole('table', { name: 'Users' }).waitFor();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  const expectProblem = async (text: string) =>
    expect(await page.getByRole('alert').filter({ hasText: text }).innerText()).toContain(text);
  const refuse =
    (status: number, code = 'request.refused') =>
    (route: Route) =>
      route.fulfill({
        status,
        contentType: 'application/problem+json',
        json: { status, code, title: 'Refused', detail: 'Not now.' },
      });

  it('keeps what is typed when the session cannot be read again', async () => {
    await button('Create user').click();
    await dialog().getByLabel('Name').fill('Draft');
    await page.route('**/auth/session', refuse(429));
    const refused = page.waitForResponse('**/auth/session');
    await comeBack(page);
    await refused;
    await page.evaluate('new Promise(requestAnimationFrame)');
    expect(await dialog().getByLabel('Name').inputValue()).toBe('Draft');
  });

  it('keeps the view of a user that cannot be read again, and says why', async () => {
    const user = await createUser(suite.api);
    await page.goto(`${suite.api.url}/console/users/${user.id}`);
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    await page.route(`**/users/${user.id}`, refuse(429));
    await comeBack(page);
    await expectProblem('Not now.');
    expect(await page.getByRole('heading', { name: 'Ada' }).count()).toBe(1);
  });

  it('says that a list cannot be read, and reads it when asked again', async () => {
    await page.route('**/admin/audit*', refuse(429));
    await link('Audit').click();
    await expectProblem('Not now.');
    await page.unroute('**/admin/audit*');
    await button('Try again').click();
    await page.getByRole('table', { name: 'Acts' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('names the filter that is wrong', async () => {
    await link('Audit').click();
    await page.getByRole('textbox', { name: 'Actor' }).fill('nobody');
    await expectProblem('Actor id must be a UUID.');
  });

  it('goes to the scopes and says there that one is needed, and says that a key could not be copied', async () => {
    await link('API keys').click();
    await button('Create API key').click();
    await dialog().getByLabel('Name', { exact: true }).fill('billing');
    await dialog().getByRole('button', { name: 'Create' }).click();
    const scopes = dialog().getByRole('group', { name: 'Scopes' });
    await scopes.locator('.fault').waitFor();
    await scopes.getByRole('checkbox').first().and(page.locator(':focus')).waitFor();
    await expectProblem('Please correct the marked fields.');
    await dialog().getByLabel('users:read').check();
    await dialog().getByRole('button', { name: 'Create' }).click();
    await dialog().getByLabel('Key', { exact: true }).waitFor();
    await page.evaluate(
      'navigator.clipboard.writeText = () => Promise.reject(new Error("refused"))',
    );
    await dialog().getByRole('button', { name: 'Copy' }).click();
    await expectProblem('Select the text');
  });

  it('names what is wrong where no field has it, and goes to the field that has', async () => {
    await page.route('**/users', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        json: {
          status: 400,
          code: 'request.invalid',
          title: 'Invalid request',
          detail: 'The request does not match the API description.',
          errors: [
            { pointer: '/name/0', detail: 'is too odd' },
            { pointer: '/time_zone', detail: 'is missing' },
            { pointer: '/time_zone/0', detail: 'is missing' },
          ],
        },
      }),
    );
    await button('Create user').click();
    await dialog().getByLabel('E-mail').fill('ada@example.com');
    await dialog().getByLabel('Name').fill('Ada');
    await dialog().getByRole('button', { name: 'Create' }).click();
    await expectProblem('Time zone is missing.');
    expect(await dialog().getByText('Time zone is missing.').count()).toBe(1);
    const name = dialog().getByRole('textbox', { name: 'Name', description: 'is too odd' });
    await name.and(page.locator(':focus')).waitFor();
    expect(await dialog().innerText()).not.toContain('API description');
  });

  it('says that there is no network, and goes on when it is back', async () => {
    await page.context().setOffline(true);
    await page.getByRole('searchbox').fill('nobody at all');
    await expectProblem('The service could not be reached.');
    await button('Create user').click();
    await dialog().getByLabel('Name').fill('Ada');
    await dialog().getByLabel('E-mail').fill('ada@example.com');
    await dialog().getByRole('button', { name: 'Create' }).click();
    await dialog().getByText('The service could not be reached.').waitFor();
    await page.keyboard.press('Escape');
    await page.context().setOffline(false);
    await page.getByText('No user matches.').waitFor();
  });

  it('keeps the other sections when the file of one does not arrive', async () => {
    const files = '**/console/assets/jobs-*.js';
    await page.route(files, (route) => route.abort());
    await link('Jobs').click();
    await expectProblem('This section could not be loaded.');
    await link('Users').click();
    await page.getByRole('table', { name: 'Users' }).waitFor();
    await page.unroute(files);
    await link('Jobs').click();
    await button('Reload').click();
    await button('Requeue failed').waitFor();
  });

  it('says that a job of a user could not be retried', async () => {
    const user = await createUser(suite.api);
    await suite.api.database.query(
      `INSERT INTO pgboss.job (name, state, data, completed_on)
       VALUES ('account_mail', 'failed', jsonb_build_object('payload', jsonb_build_object('user_id', $1::text)), now())`,
      [user.id],
    );
    await page.goto(`${suite.api.url}/console/users/${user.id}`);
    await page.route('**/admin/jobs/*/retry', refuse(409));
    await page.getByRole('region', { name: 'Jobs' }).getByRole('button', { name: 'Retry' }).click();
    await expectProblem('Not now.');
  });

  it('shows the way back to the same place when the session has ended', async () => {
    const user = await createUser(suite.api);
    await page.goto(`${suite.api.url}/console/users/${user.id}`);
    await button('Suspend').click();
    await page.context().clearCookies();
    await dialog().getByRole('button', { name: 'Suspend' }).click();
    await link('Sign in').waitFor();
    await signInToConsole(page, suite.api.url, suite.admin, `/users/${user.id}`);
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/users/${user.id}`);
  });

  it('keeps a draft, unseen, until somebody has signed in again in another tab', async () => {
    const user = await createUser(suite.api);
    await page.goto(`${suite.api.url}/console/users/${user.id}`);
    await button('Edit').click();
    await dialog().getByLabel('Name').fill('Countess');
    await page.context().clearCookies();
    await dialog().getByRole('button', { name: 'Save' }).click();
    const ended = page.getByRole('dialog', { name: 'Your session has ended' });
    await ended.waitFor();
    for (const _ of ['once', 'twice']) await page.keyboard.press('Escape');
    await ended.getByRole('button', { name: 'Continue' }).click();
    await ended.getByText('Nobody has signed in yet.').waitFor();
    const opened = page.waitForEvent('popup');
    await ended.getByRole('link', { name: 'Sign in' }).click();
    const other = await opened;
    await signInByPage(other, suite.admin);
    expect(new URL(other.url()).pathname).toBe(`/console/users/${user.id}`);
    await ended.getByRole('button', { name: 'Continue' }).click();
    await ended.waitFor({ state: 'detached' });
    expect(await dialog().getByLabel('Name').inputValue()).toBe('Countess');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Countess' }).waitFor();
  });

  it('says that there is no network, not that nobody has signed in', async () => {
    await page.context().clearCookies();
    await comeBack(page);
    const ended = page.getByRole('dialog', { name: 'Your session has ended' });
    await ended.waitFor();
    await page.context().setOffline(true);
    await ended.getByRole('button', { name: 'Continue' }).click();
    expect(await ended.getByRole('alert').innerText()).toBe('The service could not be reached.');
  });

  it('keeps a draft while somebody gets a second factor in another tab', async () => {
    await button('Create user').click();
    await dialog().getByLabel('E-mail').fill('ada@example.com');
    await dialog().getByLabel('Name').fill('Draft');
    await page.route('**/users', refuse(401, 'auth.step-up-required'));
    await dialog().getByRole('button', { name: 'Create' }).click();
    const proof = page.getByRole('dialog', { name: 'Prove that it is you' });
    const opened = page.waitForEvent('popup');
    await proof.getByRole('link', { name: 'Security' }).click();
    expect(new URL((await opened).url()).pathname).toBe('/account/security');
    await proof.getByRole('button', { name: 'Cancel' }).click();
    await proof.waitFor({ state: 'detached' });
    expect(await dialog().getByLabel('Name').inputValue()).toBe('Draft');
  });

  it('forgets the draft when somebody else signs in', async () => {
    const other = await superuser(suite.api, suite.api.database);
    await button('Create user').click();
    await dialog().getByLabel('Name').fill('Draft');
    await page.context().clearCookies();
    await comeBack(page);
    const ended = page.getByRole('dialog', { name: 'Your session has ended' });
    await ended.waitFor();
    await signInToConsole(await page.context().newPage(), suite.api.url, other);
    await ended.getByRole('button', { name: 'Continue' }).click();
    await ended.waitFor({ state: 'detached' });
    expect(await dialog().count()).toBe(0);
  });

  it('sends nothing in the name of somebody else who has signed in in another tab', async () => {
    const [user, other] = [
      await createUser(suite.api),
      await superuser(suite.api, suite.api.database),
    ];
    await page.goto(`${suite.api.url}/console/users/${user.id}`);
    await button('Suspend').click();
    await page.context().clearCookies();
    await signInToConsole(await page.context().newPage(), suite.api.url, other);
    await dialog().getByRole('button', { name: 'Suspend' }).click();
    await dialog().waitFor({ state: 'detached' });
    const { body } = await suite.api.as('service').get(`/users/${user.id}`);
    expect(body).toMatchObject({ status: 'active' });
  });

  it('goes on with the session of a sign-in in another tab', async () => {
    const user = await createUser(suite.api);
    await page.goto(`${suite.api.url}/console/users/${user.id}`);
    await button('Suspend').click();
    await page.context().clearCookies();
    const other = await page.context().newPage();
    await signInToConsole(other, suite.api.url, suite.admin);
    await dialog().getByRole('button', { name: 'Suspend' }).click();
    await button('Activate').waitFor();
    const { body } = await suite.api.as('service').get(`/users/${user.id}`);
    expect(body).toMatchObject({ status: 'suspended' });
  });
});
