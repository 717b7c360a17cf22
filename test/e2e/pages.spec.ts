import { readFileSync } from 'node:fs';

import { createUser, PASSWORD } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { type Api, testApi } from '../support/test-api.js';

let service: Api;

beforeAll(async () => {
  service = await testApi().withoutJobs().with({ RATE_LIMIT_LOGINS: '1000' }).start();
});

afterAll(() => service?.stop());

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
      '/assets/forms.js',
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

it('without pages there are none, nor their assets, and no cookie counts', async () => {
  const { email } = await createUser(service);
  const browser = browserSession(service.url);
  await browser.signIn(email);
  const { text } = await browser.get('/sign-in');
  const assets = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
    ([, file = '']) => file,
  );
  const without = await testApi().on(service.database).with({ PAGES: 'false' }).start();
  const off = browserSession(without.url);
  const cookie = `session=${browser.cookies.get('session')}`;
  const contract = new URL('../../src/features/pages/pages.contract.json', import.meta.url);
  const { routes } = JSON.parse(readFileSync(contract, 'utf8')) as { routes: object };
  const paths = Object.keys(routes).map((route) => route.split(' '));
  for (const [method = '', path = ''] of [...paths, ...assets.map((file) => ['GET', file])])
    expect([path, (await off.api(method, path, { cookie })).status]).toEqual([path, 404]);
  expect((await off.api('GET', '/users/me', { cookie })).status).toBe(401);
  await without.stop();
});
