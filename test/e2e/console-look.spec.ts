import type { Page } from 'playwright-core';

import { serious } from '../support/chromium.js';
import { consolePage, consoleSuite } from '../support/console.js';
import { describeInBrowser } from '../support/installed.js';
import { testApi } from '../support/test-api.js';

const KEY_NAME = 'k'.repeat(100);

describeInBrowser('the look of the console', () => {
  const suite = consoleSuite(() => testApi().withoutJobs().start());
  let page: Page;

  beforeAll(async () => {
    const { api, admin } = suite;
    const service = api.as('service');
    await service.post('/admin/api-keys', { name: KEY_NAME, scopes: ['users:read'] });
    await service.post('/admin/webhooks', { url: 'https://hooks.example.com/', types: ['*'] });
    await api.as(admin).post('/invitations', { email: `${'long-'.repeat(10)}name@example.com` });
    await api.database.query(
      `INSERT INTO pgboss.job (name, state, data, completed_on, output)
       VALUES ('account_mail', 'failed', '{}', now(), jsonb_build_object('message', repeat('no answer ', 20)))`,
    );
    ({ page } = await consolePage(suite));
  });

  afterAll(() => suite.api?.stop());

  const open = async (path: string) => {
    await page.goto(`${suite.api.url}/console/${path}`);
    await page.getByRole('table').first().waitFor();
  };

  it('has filters of one height', async () => {
    for (const path of ['users', 'audit']) {
      await open(path);
      const heights = await page
        .locator('.filters')
        .locator('input, select')
        .evaluateAll((fields) => fields.map(({ offsetHeight }) => offsetHeight));
      expect([path, new Set(heights).size]).toEqual([path, 1]);
    }
  });

  it('shows a secret whole', async () => {
    await open('api-keys');
    const row = page.getByRole('row').filter({ hasText: KEY_NAME });
    await row.getByRole('button', { name: 'Rotate' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    const key = dialog.getByLabel('Key', { exact: true });
    expect(await key.evaluate((field) => field.scrollHeight - field.clientHeight)).toBe(0);
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  it('shows whole tables at 768 px', async () => {
    await page.setViewportSize({ width: 768, height: 900 });
    for (const path of ['users', 'invitations', 'audit', 'jobs', 'api-keys']) {
      await open(path);
      const cut = await page.evaluate(
        '[...document.querySelectorAll(".scroll")].some((it) => it.scrollWidth > it.clientWidth)',
      );
      expect([path, cut]).toEqual([path, false]);
    }
  });

  it.each(['light', 'dark'] as const)(
    'fits 360 px, in %s, and axe finds nothing serious',
    async (colorScheme) => {
      const viewport = { width: 360, height: 740 };
      const narrow = await consolePage(suite, { viewport, colorScheme });
      for (const name of ['Audit', 'Jobs', 'Mails', 'API keys', 'Webhooks']) {
        await narrow.page.getByRole('link', { name, exact: true }).click();
        await narrow.page.getByRole('heading', { name, level: 1 }).waitFor();
        await narrow.page.locator('.card').first().waitFor();
        const wide = await narrow.page.evaluate(
          'document.documentElement.scrollWidth > document.documentElement.clientWidth',
        );
        expect([name, await serious(narrow.page), wide]).toEqual([name, [], false]);
      }
      expect(narrow.complaints).toEqual([]);
      await narrow.page.context().close();
    },
  );
});
