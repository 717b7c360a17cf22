import type { Page } from 'playwright-core';

import { signedIn } from '../support/accounts.js';
import { consolePage, type ConsoleSuite, consoleSuite } from '../support/console.js';
import { describeInBrowser } from '../support/installed.js';
import { type Api, testApi } from '../support/test-api.js';
import { LOOPBACK } from '../support/webhooks.js';

describeInBrowser('sections of the console', () => {
  const suite = consoleSuite(() => testApi(LOOPBACK).start());
  let api: Api;
  let admin: ConsoleSuite['admin'];
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ api, admin } = suite);
    ({ page, complaints } = await consolePage(suite));
  });

  afterAll(() => suite.api?.stop());

  afterEach(() => expect(complaints.splice(0)).toEqual([]));

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true });
  const told = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
  const section = async (name: string) => {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  };
  const rows = () => page.getByRole('table').locator('tbody').getByRole('row');
  /** Waits until the table has that many rows. */
  const rowCount = (count: number) =>
    rows()
      .nth(count - 1)
      .waitFor()
      .then(() => rows().nth(count).waitFor({ state: 'detached' }));

  /** Jobs that failed for good. */
  const failedJobs = async () =>
    (
      await api.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pgboss.job WHERE state = 'failed'`,
      )
    )[0]?.count;

  it('filters the audit log by action, actor, target and time', async () => {
    const user = await signedIn(api);
    await section('Audit');
    await page.getByLabel('Target').fill(user.id);
    await rowCount(2);
    await page.getByRole('combobox', { name: 'Action' }).selectOption('auth.signed-in');
    await rowCount(1);
    expect(await rows().first().textContent()).toContain('auth.signed-in');
    await page.getByRole('textbox', { name: 'Actor' }).fill(admin.id);
    await page.getByText('No act matches.').waitFor();
    await page.getByRole('textbox', { name: 'Actor' }).fill('');
    await page.getByLabel('From').fill('2020-01-01T00:00');
    await rowCount(1);
    await page.getByLabel('Until').fill('2020-01-02T00:00');
    await page.getByText('No act matches.').waitFor();
  });

  it('retries and deletes jobs, and purges those of a state', async () => {
    const failed = await api.database.query<{ id: string }>(
      `INSERT INTO pgboss.job (name, state, data, completed_on, start_after)
       SELECT 'account_mail', 'failed', '{}', now(), now() FROM generate_series(1, 4) RETURNING id`,
    );
    const left = async () =>
      (
        await api.database.query<{ id: string }>(
          "SELECT id FROM pgboss.job WHERE id = ANY($1) AND state = 'failed'",
          [failed.map(({ id }) => id)],
        )
      ).length;
    await section('Jobs');
    await page.getByLabel('State').selectOption('failed');
    await page.getByLabel('Queue').selectOption('account_mail');
    await rowCount(4);
    await rows().first().getByRole('button', { name: 'Delete' }).click();
    await inDialog('Delete').click();
    await told('Job deleted.');
    expect(await left()).toBe(3);
    await rows().first().getByRole('button', { name: 'Retry' }).click();
    await told('The job is tried again.');
    await button('Purge').click();
    await inDialog('Purge').click();
    await told('jobs deleted.');
    await page.getByText('No job matches.').waitFor();
    expect(await left()).toBe(0);
  });

  it('deletes thousands of jobs in batches, says how far it is, and does the rest when asked again', async () => {
    await api.database.query(
      `INSERT INTO pgboss.job (name, state, data, completed_on)
       SELECT 'account_mail', 'failed', '{}', now() FROM generate_series(1, 1500)`,
    );
    await section('Jobs');
    await page.route('**/admin/jobs/purge', async (route) => {
      if (!route.request().postData()?.includes('cursor')) return route.continue();
      const body = JSON.stringify({ code: 'x', status: 429, detail: 'Wait a minute.' });
      return route.fulfill({ status: 429, contentType: 'application/problem+json', body });
    });
    await button('Purge').click();
    await inDialog('Purge').click();
    await dialog().getByRole('alert').filter({ hasText: 'Wait a minute.' }).waitFor();
    await dialog().getByText('1,000 jobs so far.').waitFor();
    expect(await failedJobs()).toBe(500);
    await page.unroute('**/admin/jobs/purge');
    await inDialog('Purge').click();
    await told('1500 jobs deleted.');
    expect(await failedJobs()).toBe(0);
  });

  it('gives failed jobs one more attempt, and stops where the dialog is closed', async () => {
    await api.database.query(
      `INSERT INTO pgboss.job (name, state, data, completed_on, start_after)
       SELECT 'account_mail', 'failed', '{}', now(), now() + interval '1 day' FROM generate_series(1, 1500)`,
    );
    await section('Jobs');
    await page.route('**/admin/jobs/retry', async (route) => {
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
      return route.continue();
    });
    await button('Requeue failed').click();
    await inDialog('Requeue').click();
    await told('1000 jobs due again.');
    await page.unroute('**/admin/jobs/retry');
    await button('Requeue failed').click();
    await inDialog('Requeue').click();
    await told('500 jobs due again.');
    expect(await failedJobs()).toBe(0);
  });

  it('shows each mail in each language', async () => {
    await section('Mails');
    await page.getByLabel('Template').selectOption('password_reset');
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('heading', { name: /passwort/i }).waitFor();
    const link = page.locator('.mail a').first();
    expect(await link.innerText()).toMatch(/passwort/i);
  });

  it('creates an API key with scopes, shows it once, and edits, rotates and revokes it', async () => {
    await section('API keys');
    await button('Create API key').click();
    await page.getByLabel('Name', { exact: true }).fill('billing');
    await page.getByLabel('users:read').check();
    await inDialog('Create').click();
    const key = await page.getByLabel('Key', { exact: true }).inputValue();
    for (const _ of ['once', 'twice']) await page.keyboard.press('Escape');
    expect(await dialog().getByRole('button').allTextContents()).toEqual(['Copy', 'Done']);
    expect((await api.get(`/users/${admin.id}`, { 'X-API-Key': key })).status).toBe(200);
    await inDialog('Done').click();
    await dialog().waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(key);
    await button('Edit').click();
    await page.getByLabel('users:read').uncheck();
    await page.getByLabel('users:list').check();
    await inDialog('Save').click();
    await page.getByRole('cell', { name: 'users:list', exact: true }).waitFor();
    await button('Rotate').click();
    await page.getByLabel('Grace in seconds').fill('0');
    await inDialog('Rotate').click();
    expect(await page.getByLabel('Key', { exact: true }).inputValue()).not.toBe(key);
    await inDialog('Done').click();
    await button('Revoke').click();
    await inDialog('Revoke').click();
    await page.getByText('No keys yet.').waitFor();
  });

  it('creates a webhook, tests, pauses, edits, rotates, replays and deletes it', async () => {
    await section('Webhooks');
    await button('Create webhook').click();
    await page.getByLabel('URL').fill('http://127.0.0.1:9/hook');
    await page.getByLabel('user.created').check();
    await inDialog('Create').click();
    expect(await page.getByLabel('Secret', { exact: true }).inputValue()).toMatch(/^whsec_/);
    await inDialog('Done').click();
    await page.getByRole('link', { name: 'http://127.0.0.1:9/hook' }).click();
    await button('Send a test').click();
    await told('A test event is on its way.');
    await rowCount(1);
    await rows().first().getByRole('button', { name: 'Retry' }).click();
    await told('The delivery is tried again.');
    await page.getByLabel('State').selectOption('delivered');
    await page.getByText('No delivery matches.').waitFor();
    await button('Pause').click();
    await button('Resume').waitFor();
    await button('Edit').click();
    await page.getByLabel('Description').fill('Billing');
    await page.getByLabel('all, also those to come').check();
    await inDialog('Save').click();
    await page.getByText('Billing').waitFor();
    await button('Rotate secret').click();
    await inDialog('Rotate').click();
    await page.getByLabel('Secret', { exact: true }).waitFor();
    await inDialog('Done').click();
    await button('Replay').click();
    await page.getByLabel('Since').fill('2026-01-01T00:00');
    await page.getByLabel('user.created').uncheck();
    await inDialog('Replay').click();
    await told('Past events are delivered once more.');
    const [replay] = await api.database.query<{ types: string[] }>(
      `SELECT details -> 'types' AS types FROM audit_log WHERE action = 'webhook.replay-requested'`,
    );
    expect(replay?.types).toContain('user.updated');
    expect(replay?.types).not.toContain('user.created');
    await button('Delete').click();
    await inDialog('Delete').click();
    await page.getByText('No webhooks yet.').waitFor();
  });
});
