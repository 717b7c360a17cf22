import { json } from 'node:stream/consumers';

import type { Browser, Locator, Page } from 'playwright-core';

import { createUser, signedIn, superuser, type TestUser } from '../support/accounts.js';
import { newPage, serious } from '../support/chromium.js';
import {
  consolePage,
  type ConsoleSuite,
  consoleSuite,
  signInToConsole,
} from '../support/console.js';
import { factorsOf } from '../support/factors.js';
import { describeInBrowser } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Api, testApi } from '../support/test-api.js';
import { insertUsers, uniqueEmail } from '../support/users.js';

describeInBrowser('the console', () => {
  let mails: MailService;
  const suite = consoleSuite(async () => {
    mails = await startMailService();
    return testApi().withMails(mails).start();
  });
  let api: Api;
  let admin: ConsoleSuite['admin'];
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ api, admin, browser } = suite);
    const people = Array.from({ length: 60 }, (_, index) => ({
      name: `Person ${String(index).padStart(2, '0')}`,
      status: index % 10 === 0 ? 'suspended' : 'active',
    }));
    await insertUsers(api.database, people);
    ({ page, complaints } = await consolePage(suite));
  });

  afterAll(async () => {
    await suite.api?.stop();
    await mails?.stop();
  });

  afterEach(() => expect(complaints).toEqual([]));

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const inDialog = (name: string) =>
    page.getByRole('dialog').getByRole('button', { name, exact: true });
  const names = () => page.getByRole('table').getByRole('link').allTextContents();
  const told = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
  const column = async (id: string, name: string) =>
    (
      await api.database.query<{ value: unknown }>(
        `SELECT ${name} AS value FROM users WHERE id = $1`,
        [id],
      )
    )[0]?.value;
  const open = async ({ id }: TestUser) => {
    await page.goto(`${api.url}/console/users/${id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  it('tells whoever is not in how to get in', async () => {
    const stranger = await newPage(browser);
    await stranger.page.goto(`${api.url}/console/users`);
    const link = stranger.page.getByRole('link', { name: 'Sign in' });
    expect(await link.getAttribute('href')).toBe('/sign-in?next=%2Fconsole%2Fusers');
    expect(await serious(stranger.page)).toEqual([]);
    await signInToConsole(stranger.page, api.url, await signedIn(api));
    await stranger.page.getByRole('heading', { name: 'Superusers only' }).waitFor();
    await stranger.page.context().close();
  });

  it('finds users as somebody types, by status and tier, and pages back and forth', async () => {
    await page.goto(`${api.url}/console`);
    await page.getByRole('searchbox').pressSequentially('person 0');
    await page.getByRole('link', { name: 'Person 09' }).waitFor();
    expect(await names()).toEqual(Array.from({ length: 10 }, (_, index) => `Person 0${index}`));
    await page.getByLabel('Status').selectOption('suspended');
    await page.getByRole('link', { name: 'Person 09' }).waitFor({ state: 'detached' });
    expect(await names()).toEqual(['Person 00']);
    await page.getByLabel('Tier').selectOption('pro');
    await page.getByText('No user matches.').waitFor();
    await page.getByLabel('Tier').selectOption('');
    await page.getByLabel('Status').selectOption('');
    await page.getByRole('searchbox').fill('person');
    await page.getByRole('link', { name: 'Person 24' }).waitFor();
    const first = await names();
    await button('Next').click();
    await page.getByText('Page 2').waitFor();
    await page.getByRole('link', { name: 'Person 49' }).waitFor();
    await button('Previous').click();
    await page.getByRole('link', { name: 'Person 24' }).waitFor();
    expect(await names()).toEqual(first);
    await page.getByRole('link', { name: 'Person 07' }).click();
    await page.waitForURL(/\/console\/users\/[0-9a-f-]{36}$/);
    await page.goBack();
    expect(await page.getByRole('searchbox').inputValue()).toBe('person');
  });

  it('creates and invites, and says beside a field what is wrong with it', async () => {
    await page.goto(`${api.url}/console`);
    const email = uniqueEmail();
    await button('Create user').click();
    await page.getByLabel('E-mail', { exact: true }).fill(email);
    await page.getByLabel('Name', { exact: true }).fill('\u200Bx');
    await inDialog('Create').click();
    const name = page.getByLabel('Name', { exact: true });
    await page.getByText('invisible characters').waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    await name.fill('Grace Hopper');
    await inDialog('Create').click();
    await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
    expect((await mails.mailed(email, 'welcome')).to).toBe(email);
    await page.goBack();
    const invited = uniqueEmail();
    await button('Invite').click();
    await page.getByLabel('E-mail', { exact: true }).fill(invited);
    await inDialog('Send invitation').click();
    await told('Invitation sent.');
    await mails.mailed(invited, 'invitation');
  });

  it('edits over the version that was seen, and shows both when another one came between', async () => {
    const user = await createUser(api, { name: 'Ada' });
    await open(user);
    await button('Edit').click();
    await page.getByLabel('Name').fill('Ada Lovelace');
    await inDialog('Save').click();
    await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
    await button('Edit').click();
    await api.as('service').patch(`/users/${user.id}`, { name: 'Countess' });
    await page.getByLabel('Name').fill('Ada King');
    await inDialog('Save').click();
    const both = page.getByRole('table', { name: 'Both versions' });
    expect(await both.getByRole('row', { name: 'Name' }).textContent()).toContain(
      'Ada KingCountess',
    );
    expect(await column(user.id, 'name')).toBe('Countess');
    expect(await serious(page)).toEqual([]);
    await inDialog('Save mine').click();
    await page.getByRole('heading', { name: 'Ada King' }).waitFor();
    expect(await column(user.id, 'name')).toBe('Ada King');
  });

  it('suspends, activates, signs out, changes role and tier, and sends mails', async () => {
    const user = await signedIn(api);
    await open(user);
    await page.getByRole('table', { name: 'Sessions' }).waitFor();
    await button('Sign out').click();
    await inDialog('Sign out').click();
    await page.getByText('Nowhere signed in.').waitFor();
    await button('Suspend').click();
    await inDialog('Suspend').click();
    await button('Activate').waitFor();
    expect(await column(user.id, 'status')).toBe('suspended');
    await button('Activate').click();
    await inDialog('Activate').click();
    await button('Suspend').waitFor();
    await button('Role').click();
    await page.getByRole('combobox', { name: 'Role' }).selectOption('superuser');
    await inDialog('Save').click();
    await told('Role changed.');
    expect(await column(user.id, 'role')).toBe('superuser');
    await button('Tier').click();
    await page.getByRole('combobox', { name: 'Tier' }).selectOption('pro');
    await inDialog('Save').click();
    // No payment service is configured here.
    await page.getByRole('alert').waitFor();
    await inDialog('Cancel').click();
    await button('Send a mail').click();
    await page.getByLabel('Mail with a link to').selectOption('reset');
    await inDialog('Send').click();
    await told('The mail is on its way.');
    await mails.mailed(user.email, 'password_reset');
    await page.getByRole('cell', { name: 'user.role-changed' }).waitFor();
  });

  it('removes second factors, and asks for one where the act needs it', async () => {
    const user = await signedIn(api);
    await api.database.query('UPDATE users SET email_verified = true WHERE id = ANY($1)', [
      [user.id, admin.id],
    ]);
    await factorsOf(api.as(user), user.id).add('Phone');
    const { body } = await factorsOf(api.as(admin), admin.id).add();
    await open(user);
    await button('Reset factors').click();
    await inDialog('Remove all').click();
    await page.getByRole('dialog', { name: 'Prove that it is you' }).waitFor();
    expect(await serious(page)).toEqual([]);
    await page.getByLabel('Code', { exact: true }).fill(body.recovery_codes?.[0] ?? '');
    await inDialog('Continue').click();
    await told('Second factors removed.');
    expect(await factorsOf(api.as(admin), user.id).list()).toEqual([]);
  });

  it('asks once more before superusers shut themselves out', async () => {
    const other = await superuser(api, api.database);
    const own = await newPage(browser);
    await signInToConsole(own.page, api.url, other, `/users/${other.id}`);
    const act = async (name: string) => {
      await own.page.getByRole('button', { name, exact: true }).click();
      return own.page.getByRole('dialog');
    };
    const refused = async (dialog: Locator, submit: string) => {
      await dialog.getByRole('button', { name: submit, exact: true }).click();
      await dialog
        .getByLabel('This is your own account.')
        .and(own.page.locator(':focus'))
        .waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
    };
    const deletion = await act('Delete');
    await deletion.getByLabel(`Type ${other.email}`).fill(other.email);
    await refused(deletion, 'Delete');
    const demotion = await act('Role');
    expect(await demotion.getByRole('checkbox').count()).toBe(0);
    await demotion.getByRole('combobox').selectOption('user');
    await refused(demotion, 'Save');
    await refused(await act('Suspend'), 'Suspend');
    const suspension = await act('Suspend');
    await suspension.getByLabel('This is your own account.').check();
    expect(await serious(own.page)).toEqual([]);
    await suspension.getByRole('button', { name: 'Suspend' }).click();
    await own.page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    expect(await column(other.id, 'status')).toBe('suspended');
    expect(await serious(own.page)).toEqual([]);
    await own.page.context().close();
  });

  it('leads to the account, and back to the same place', async () => {
    const user = await createUser(api, { name: 'Grace' });
    await open(user);
    await page.getByRole('link', { name: 'My account' }).click();
    await page.getByRole('link', { name: 'Security' }).click();
    await page.getByRole('link', { name: 'Back to the console' }).click();
    await page.getByRole('heading', { name: 'Grace' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/users/${user.id}`);
  });

  it('sends an invitation again, and withdraws it', async () => {
    const email = uniqueEmail();
    await api.as(admin).post('/invitations', { email });
    await page.goto(`${api.url}/console`);
    await page.getByRole('link', { name: 'Invitations' }).click();
    const row = page.getByRole('row', { name: email });
    await row.getByRole('button', { name: 'Resend' }).click();
    await told('Invitation sent again.');
    await row.getByRole('button', { name: 'Withdraw' }).click();
    await inDialog('Withdraw').click();
    await row.waitFor({ state: 'detached' });
    expect(await serious(page)).toEqual([]);
    const find = 'SELECT id FROM invitations WHERE email = $1';
    expect(await api.database.query(find, [email])).toEqual([]);
  });

  it('unlinks an identity, but not the last way in', async () => {
    const user = await createUser(api);
    await api.database.query(
      `INSERT INTO identities (id, user_id, provider, issuer, subject, email)
       VALUES (gen_random_uuid(), $1, 'example', 'https://id.example', 'ada', 'ada@id.example')`,
      [user.id],
    );
    const setPassword = (hash: string | null) =>
      api.database.query('UPDATE users SET password_hash = $2 WHERE id = $1', [user.id, hash]);
    await setPassword(null);
    await open(user);
    await button('Unlink').click();
    await inDialog('Unlink').click();
    expect(await page.getByRole('alert').textContent()).toContain('the only way to sign in');
    await setPassword('any');
    await inDialog('Unlink').click();
    await page.getByText('None linked.').waitFor();
  });

  it('exports a user, and deletes once the address was typed', async () => {
    const user = await createUser(api);
    await open(user);
    const [download] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
    expect(await json(await download.createReadStream())).toMatchObject({ user: { id: user.id } });
    await button('Delete').click();
    expect(await inDialog('Delete').isDisabled()).toBe(true);
    await page.getByLabel(`Type ${user.email} to confirm`).fill(user.email);
    await inDialog('Delete').click();
    await page.waitForURL(/\/console\/users$/);
    expect(await column(user.id, 'deleted_at')).not.toBeNull();
  });
});
