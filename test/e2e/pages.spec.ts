import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium } from 'playwright-core';

import { createUser, PASSWORD } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { CHROMIUM } from '../support/chromium-path.js';
import { describeInBrowser } from '../support/installed.js';
import { type Api, testApi } from '../support/test-api.js';

let service: Api;

beforeAll(async () => {
  service = await testApi().withoutJobs().with({ RATE_LIMIT_LOGINS: '1000' }).start();
});

afterAll(() => service?.stop());

const OPEN = ['/sign-in', '/sign-up', '/forgot-password', '/invitation?token=x', '/verify-email'];

describe('pages', () => {
  it('go on to own paths only', async () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      'https://evil.example',
    ]) {
      const { email } = await createUser(service);
      const browser = browserSession(service.url);
      const path = `/sign-in?next=${encodeURIComponent(next)}`;
      const answer = await browser.submit(path, { email, password: PASSWORD });
      expect([answer.status, answer.location]).toEqual([303, '/account']);
    }
    const { email } = await createUser(service);
    const browser = browserSession(service.url);
    const answer = await browser.submit('/sign-in?next=%2Fconsole', { email, password: PASSWORD });
    expect(answer.location).toBe('/console');
  });

  it('speak the language of the browser, and then that of the account', async () => {
    const browser = browserSession(service.url);
    for (const language of ['de', 'fr', 'es', 'en']) {
      const { text } = await browser.get('/sign-in', { headers: { 'accept-language': language } });
      expect(text).toContain(`<html lang="${language}">`);
    }
    const { email } = await createUser(service);
    await browser.signIn(email);
    const saved = await browser.submit('/account', { name: 'Ada', locale: 'fr' });
    expect(saved.location).toBe('/account?notice=saved');
    expect((await browser.get('/account')).text).toContain('<html lang="fr">');
  });

  it('keep what was typed, but no password, and tell what is wrong beside the field', async () => {
    const browser = browserSession(service.url);
    const fields = { name: 'Ada', email: 'no address', password: 'short' };
    const { status, text } = await browser.submit('/sign-up', fields);
    expect(status).toBe(400);
    expect(text).toContain('value="no address"');
    expect(text).not.toContain('value="short"');
    expect(text).toContain('aria-describedby="email-error"');
  });

  it('lead strangers to the sign-in, are kept nowhere, and have no inline code', async () => {
    const browser = browserSession(service.url);
    const { status, location } = await browser.get('/account/security');
    expect([status, location]).toEqual([303, '/sign-in?next=%2Faccount%2Fsecurity']);
    const { headers } = await browser.get('/sign-in');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('send a link for a new password, and foreign forms use up none of them', async () => {
    const { email, id } = await createUser(service);
    const browser = browserSession(service.url);
    const path = '/forgot-password';
    const forged = { 'sec-fetch-site': 'cross-site' };
    // As many as an address gets in an hour.
    for (let index = 0; index < 10; index += 1) {
      const { status } = await browser.post(path, { email }, { headers: forged });
      expect(status).toBe(403);
    }
    const mails = async () => {
      const [row] = await service.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pgboss.job
          WHERE name = 'account_mail' AND data::text LIKE $1`,
        [`%${id}%`],
      );
      return row?.count;
    };
    for (let index = 0; index < 11; index += 1) {
      const { location } = await browser.submit(path, { email });
      expect([location, await mails()]).toEqual([
        '/forgot-password?notice=sent',
        Math.min(index + 1, 10),
      ]);
    }
  });

  it('load files that browsers may keep, which are all there', async () => {
    const browser = browserSession(service.url);
    const { text } = await browser.get('/sign-in');
    const paths = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.map((path) => path.replace(/-[0-9a-f]{12}/, ''))).toEqual([
      '/assets/icon.svg',
      '/assets/pages.css',
      '/assets/brand.css',
      '/assets/passkeys.js',
      '/assets/icon.svg',
    ]);
    for (const path of paths) {
      const { status, headers } = await browser.get(path);
      expect([path, status, headers.get('cache-control')]).toEqual([
        path,
        200,
        'public, max-age=31536000, immutable',
      ]);
    }
    expect((await browser.get('/assets/brand-000000000000.css')).status).toBe(404);
  });

  it('tell problems in HTML to browsers only', async () => {
    const browser = browserSession(service.url);
    const page = await browser.get('/nowhere');
    expect([page.status, page.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
    const plain = await browser.get('/nowhere', { headers: { accept: '*/*' } });
    expect(plain.headers.get('content-type')).toContain('application/problem+json');
  });
});

describeInBrowser('pages in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  it('have no serious fault of accessibility, fit 320 px, and work by keyboard without JavaScript', async () => {
    const { email } = await createUser(service);
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        baseURL: service.url,
        colorScheme,
        viewport: { width: 320, height: 700 },
      });
      const page = await context.newPage();
      const check = async (path: string) => {
        await page.goto(path);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(
          ({ impact }) => impact === 'serious' || impact === 'critical',
        );
        expect([path, serious.map(({ id }) => id)]).toEqual([path, []]);
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect([path, width]).toEqual([path, 320]);
      };
      for (const path of OPEN) await check(path);
      await page.goto('/sign-in');
      await page.focus('[name=email]');
      await page.keyboard.type(email);
      await page.keyboard.press('Tab');
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/account');
      for (const path of ['/account', '/account/security']) await check(path);
      await context.close();
    }
  }, 120_000);
});
