import type { Page } from 'playwright-core';

import { createUser, type TestUser } from '../support/accounts.js';
import { consolePage, consoleSuite } from '../support/console.js';
import { describeInBrowser } from '../support/installed.js';
import { type Api, testApi } from '../support/test-api.js';
import { uniqueEmail } from '../support/users.js';
import { createWebhook, LOOPBACK } from '../support/webhooks.js';

/** What Tab reaches, in the order of the page. Charts have closed tables, and wide tables may be scrolled. */
const REACHABLE = `[...document.querySelectorAll('a[href], button, input, select, summary')]
  .filter((element) => !element.disabled && element.checkVisibility())`;

describeInBrowser('the console, by keyboard alone', () => {
  const suite = consoleSuite(() => testApi(LOOPBACK).withoutJobs().start());
  let api: Api;
  let page: Page;
  let user: TestUser;
  let webhookId: string;

  beforeAll(async () => {
    ({ api } = suite);
    user = await createUser(api, { name: 'Keyboard' });
    await api.as('service').post('/admin/api-keys', { name: 'billing', scopes: ['users:read'] });
    webhookId = (await createWebhook(api, 'http://127.0.0.1:9/')).id;
    await api.as('service').post(`/admin/webhooks/${webhookId}/test`);
    await api.as(suite.admin).post('/invitations', { email: uniqueEmail() });
    await api.database.query(
      `INSERT INTO identities (id, user_id, provider, issuer, subject)
       VALUES (gen_random_uuid(), $1, 'example', 'https://id.example', 'ada')`,
      [user.id],
    );
    await api.database.query(
      `INSERT INTO pgboss.job (name, state, data, completed_on)
       SELECT 'account_mail', 'failed', '{}', now() FROM generate_series(1, 2)`,
    );
    ({ page } = await consolePage(suite));
  });

  afterAll(() => suite.api?.stop());

  const open = async (path: string) => {
    await page.goto(`${api.url}/console/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true }).first();
  const dialog = () => page.getByRole('dialog');
  /** The text of what has the focus, and whether that is seen. */
  const focused = () =>
    page.evaluate<[string, boolean]>(`(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      const seen = outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2;
      return [document.activeElement.textContent || document.activeElement.ariaLabel, seen];
    })()`);
  const press = async (name: string) => {
    await button(name).focus();
    await page.keyboard.press('Enter');
  };

  const paths = () => [
    'users',
    `users/${user.id}`,
    'invitations',
    'audit',
    'jobs',
    'mails',
    'api-keys',
    'webhooks',
    `webhooks/${webhookId}`,
    'events',
    'service',
  ];

  it('reaches all there is in each section, in its order, and shows where it is', async () => {
    for (const path of paths()) {
      await open(path);
      const count = await page.evaluate<number>(`${REACHABLE}.length`);
      const places: number[] = [];
      while (places.at(-1) !== count - 1 && places.length < 4 * count) {
        await page.keyboard.press('Tab');
        const [place, seen] = await page.evaluate<[number, boolean]>(`(() => {
            const style = getComputedStyle(document.activeElement);
            return [${REACHABLE}.indexOf(document.activeElement), style.outlineStyle === 'solid'];
          })()`);
        if (!seen) throw new Error(`in ${path} nobody sees the focus at place ${place}`);
        // Parts of a time have the same place, and a table that can be scrolled has none.
        if (place !== -1 && place !== places.at(-1)) places.push(place);
      }
      expect([path, places]).toEqual([path, Array.from({ length: count }, (_, place) => place)]);
    }
  });

  it('goes into each dialog, stays there, and comes back after Escape', async () => {
    const dialogs: Record<string, readonly string[]> = {
      users: ['Invite', 'Create user'],
      [`users/${user.id}`]: [
        'Edit',
        'Suspend',
        'Sign out',
        'Role',
        'Tier',
        'Send a mail',
        'Delete',
        'Unlink',
      ],
      invitations: ['Invite', 'Withdraw'],
      jobs: ['Requeue failed', 'Purge', 'Delete'],
      'api-keys': ['Create API key', 'Edit', 'Rotate', 'Revoke'],
      webhooks: ['Create webhook'],
      [`webhooks/${webhookId}`]: ['Edit', 'Replay', 'Rotate secret', 'Delete'],
      service: ['Change'],
    };
    const inside = 'document.activeElement.closest("dialog") !== null';
    for (const [path, openers] of Object.entries(dialogs)) {
      await open(path);
      for (const opener of openers) {
        await press(opener);
        await dialog()
          .waitFor()
          .catch((cause: unknown) => {
            throw new Error(`${opener} in ${path} opens nothing`, { cause });
          });
        expect([opener, await page.evaluate(inside)]).toEqual([opener, true]);
        await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('Shift+Tab');
        const left = await page.evaluate(
          `!(${inside}) && document.activeElement !== document.body`,
        );
        expect([opener, left]).toEqual([opener, false]);
        await page.keyboard.press('Escape');
        await dialog().waitFor({ state: 'detached' });
        expect(await focused()).toEqual([opener, true]);
      }
    }
  });

  it('opens the next dialog right after it left one', async () => {
    await open(`webhooks/${webhookId}`);
    await press('Replay');
    await dialog().waitFor();
    await page.evaluate(`new Promise((done) => {
      document.querySelector('dialog').requestClose();
      queueMicrotask(() => {
        [...document.querySelectorAll('button')].find((each) => each.textContent === 'Edit').click();
        // The browser tells of the first one in a task of its own, before this.
        setTimeout(() => requestAnimationFrame(done));
      });
    })`);
    expect(await dialog().getByRole('heading').textContent()).toBe('Edit webhook');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('is not lost when what had the focus goes', async () => {
    const confirm = async (opener: string, submit: string) => {
      await press(opener);
      await dialog().getByRole('button', { name: submit, exact: true }).focus();
      await page.keyboard.press('Enter');
      await dialog().waitFor({ state: 'detached' });
    };
    const withFocus = page.locator('main:focus, main :focus');
    const kept = async (what: string) => {
      await withFocus.waitFor().catch(() => undefined);
      expect([what, await withFocus.count()]).toEqual([what, 1]);
    };
    await open('jobs?state=failed');
    await confirm('Delete', 'Delete');
    await page.getByText('Job deleted.').waitFor();
    await kept('a job');
    await press('Retry');
    await page.getByText('No job matches.').waitFor();
    await kept('a job that is tried again');
    await open('api-keys');
    await confirm('Revoke', 'Revoke');
    await page.getByText('No keys yet.').waitFor();
    await kept('a key');
    await open('invitations');
    await confirm('Withdraw', 'Withdraw');
    await page.getByText('Nobody is invited.').waitFor();
    await kept('an invitation');
    await open(`webhooks/${webhookId}`);
    await confirm('Delete', 'Delete');
    await page.getByText('No webhooks yet.').waitFor();
    await kept('a webhook');
    await open(`users/${user.id}`);
    await confirm('Unlink', 'Unlink');
    await page.getByText('None linked.').waitFor();
    await kept('an identity');
    await confirm('Suspend', 'Suspend');
    await button('Activate').waitFor();
    await kept('an act that has turned into its opposite');
  });

  it('finds a user, as somebody types', async () => {
    await open('users');
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('keyb');
    const link = page.getByRole('link', { name: 'Keyboard' });
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keyboard' }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
  });
});
