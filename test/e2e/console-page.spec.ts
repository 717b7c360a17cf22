import type { Page } from 'playwright-core';

import { createUser } from '../support/accounts.js';
import { serious } from '../support/chromium.js';
import { consolePage, consoleSuite } from '../support/console.js';
import { expectProblem } from '../support/http.js';
import { describeInBrowser } from '../support/installed.js';
import { testApi } from '../support/test-api.js';

describeInBrowser('the page of the console', () => {
  const suite = consoleSuite(() => testApi().start());
  afterAll(() => suite.api?.stop());

  /** Whether something is cut off, or makes the page scroll sideways. */
  const tooWide = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

  it('is the same at each address, kept by nobody, and runs nothing that stands in it', async () => {
    for (const path of ['/console', '/console/users', '/console/users/anything']) {
      const { status, headers, text } = await suite.api.get(path);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self'/,
      );
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(text).not.toMatch(/<style|<script(?![^>]* src=)|style=/);
    }
  });

  it('loads files that browsers keep for a year, compressed where they can read that', async () => {
    const { text } = await suite.api.get('/console');
    const files = [...text.matchAll(/(?:src|href)="(\/console\/assets\/[^"]+)"/g)].map(
      ([, file]) => file,
    );
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const plain = await fetch(`${suite.api.url}${file}`, {
        headers: { 'accept-encoding': 'identity' },
      });
      const small = await fetch(`${suite.api.url}${file}`, {
        headers: { 'accept-encoding': 'gzip' },
      });
      expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(small.headers.get('content-encoding')).toBe('gzip');
      expect(await small.text()).toBe(await plain.text());
    }
    for (const name of ['nothing.js', '..%2findex.html', 'index.js.gz'])
      expectProblem(await suite.api.get(`/console/assets/${name}`), 404, 'request.not-found');
  });

  it('tells about the service, and changes the log level for a while', async () => {
    const { page } = await consolePage(suite);
    await createUser(suite.api);
    await page.getByRole('link', { name: 'Service' }).click();
    await page.getByRole('heading', { name: 'Sign-ups by source' }).waitFor();
    const readiness = page.getByRole('region', { name: 'Readiness' });
    // A check on a busy machine may take too long; the page asks again.
    await readiness.filter({ hasText: 'Databaseup' }).waitFor();
    expect(await page.getByRole('row', { name: 'account_mail' }).textContent()).toContain('000');
    const signUps = page.getByRole('figure', { name: 'Sign-ups by source' });
    await signUps.getByText('Numbers').click();
    expect(await signUps.getByRole('table').textContent()).toContain('unknown');
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('combobox', { name: 'Level' }).selectOption('WARN');
    await page.getByRole('dialog').getByRole('button', { name: 'Change' }).click();
    await page.getByRole('region', { name: 'Log level' }).getByText('WARN').waitFor();
    await page.context().close();
  });

  it('sends a charge that failed once more under the same key, and another tier under another', async () => {
    const { page } = await consolePage(suite);
    const user = await createUser(suite.api);
    await page.goto(`${suite.api.url}/console/users/${user.id}`);
    await page.getByRole('button', { name: 'Tier' }).click();
    const keys: (string | undefined)[] = [];
    for (const tier of ['pro', 'pro', 'enterprise']) {
      await page.getByRole('combobox', { name: 'Tier' }).selectOption(tier);
      // No payment service is configured here: each is refused.
      const answered = page.waitForResponse(/\/tier$/);
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      keys.push((await answered).request().headers()['idempotency-key']);
      await page.getByRole('alert').waitFor();
    }
    const [first, again, other] = keys;
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)(
    'fits 360 px, in %s, and axe finds nothing serious',
    async (colorScheme) => {
      const viewport = { width: 360, height: 740 };
      const { page } = await consolePage(suite, { viewport, colorScheme });
      await page.getByRole('table').waitFor();
      const seen = async (where: string) =>
        expect([where, await serious(page), await tooWide(page)]).toEqual([where, [], false]);
      await seen('users');
      await page.getByRole('link', { name: 'Ada' }).first().click();
      await page.getByRole('cell', { name: 'user.created' }).waitFor();
      await seen('a user');
      await page.getByRole('button', { name: 'Edit' }).click();
      await seen('a dialog');
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Service' }).click();
      await page.getByRole('heading', { name: 'Sign-ups by source' }).waitFor();
      await seen('the service');
      await page.context().close();
    },
  );

  it.each(['CONSOLE', 'PAGES'])('is not there with %s=false', async (variable) => {
    const without = await testApi()
      .on(suite.api.database)
      .with({ [variable]: 'false' })
      .start();
    expectProblem(await without.get('/console'), 404, 'request.not-found');
    await without.stop();
  });
});
