import { createUser, PASSWORD } from '../support/accounts.js';
import { browserSession, type Page } from '../support/browser-session.js';
import { type Api, testApi } from '../support/test-api.js';

const LIMIT = 3;
const LIMITS = {
  RATE_LIMIT_LOGINS: String(LIMIT),
  RATE_LIMIT_SIGNUPS: '1',
  RATE_LIMIT_WINDOW_SECONDS: '3600',
};
const NEW = { name: 'Ada "A" Lovelace', email: 'ada@typed.example', password: 'x' };

let api: Api;

beforeEach(async () => {
  api = await testApi().withoutJobs().with(LIMITS).start();
});

afterEach(() => api?.stop());

/** A page that tells of a limit, and until when. */
function expectLimited({ status, text, headers }: Page): void {
  expect([status, text]).toEqual([
    429,
    expect.stringMatching(/role="alert">Too many attempts\. Try again in (59|60) minutes\./),
  ]);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-security-policy')).toContain("form-action 'self'");
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(3500);
}

describe('the limits of pages', () => {
  it('looks at the sign-in page use up no log-ins, and log-ins no looks', async () => {
    const { email } = await createUser(api);
    // As the script of the page does each time.
    const challenges = [];
    for (let look = 0; look <= LIMIT; look += 1)
      challenges.push((await api.post('/auth/passkey/options', {})).status);
    expect(challenges).toEqual([200, 200, 200, 429]);

    const browser = browserSession(api.url);
    const answers = [];
    for (const password of ['wrong', 'wrong', PASSWORD])
      answers.push((await browserSession(api.url).signIn(email, password)).status);
    expect(answers).toEqual([401, 401, 303]);
    const limited = await browser.signIn(email);
    expectLimited(limited);
    expect(limited.text).toContain(`value="${email}"`);
    expect(limited.text).not.toContain(PASSWORD);
    expect(browser.cookies.has('session')).toBe(false);
    expect((await browser.get('/sign-in')).status).toBe(200);
  });

  it('forms keep what was typed, and are processed no more', async () => {
    const browser = browserSession(api.url);
    expect((await browser.submit('/sign-up', NEW)).status).toBe(400);
    const signUp = await browser.submit('/sign-up', { ...NEW, password: PASSWORD });
    expectLimited(signUp);
    expect(signUp.text).toContain('value="Ada &quot;A&quot; Lovelace"');
    expect(signUp.text).toContain(`value="${NEW.email}"`);
    expect(signUp.text).not.toContain(PASSWORD);
    expect(await api.database.query('SELECT FROM users')).toEqual([]);

    const { csrf_token = '' } = (await browser.get('/forgot-password')).hidden('/forgot-password');
    const send = (path: string, fields = {}) => browser.post(path, { csrf_token, ...fields });
    for (let sent = 0; sent < LIMIT; sent += 1) await send('/not-me', { token: 't' });
    const forgot = await send('/forgot-password', { email: NEW.email });
    expectLimited(forgot);
    expect(forgot.text).toContain(`value="${NEW.email}"`);
    for (const path of ['/not-me', '/verify-email', '/reset-password', '/invitation']) {
      const limited = await send(path, { token: 't', name: NEW.name, password: PASSWORD });
      expectLimited(limited);
      expect(limited.hidden(path)['token']).toBe('t');
      expect(limited.text).not.toContain(PASSWORD);
    }
  });

  it('are told to no other site, which could fill in our forms', async () => {
    const browser = browserSession(api.url);
    for (let sent = 0; sent <= LIMIT; sent += 1) await browser.signIn(NEW.email, 'wrong');
    const foreign = { headers: { 'sec-fetch-site': 'cross-site' } };
    const { status, text } = await browser.post(
      '/sign-in',
      { email: 'mallory@x.example' },
      foreign,
    );
    expect([status, text.includes('mallory')]).toEqual([403, false]);
  });

  it('of all requests show the profile again, and problems say when they end', async () => {
    const { email } = await createUser(api);
    const browser = browserSession(api.url);
    await browser.signIn(email);
    const form = (await browser.get('/account')).hidden('/account');
    const strict = await testApi()
      .withoutJobs()
      .with({ ...LIMITS, RATE_LIMIT_REQUESTS: '1' })
      .on(api.database)
      .start();
    try {
      const there = browserSession(strict.url);
      for (const [name, value] of browser.cookies) there.cookies.set(name, value);
      // What the start has asked for counts as well.
      await there.get('/sign-in');
      const limited = await there.post('/account', { ...form, name: 'Grace', locale: 'fr' });
      expectLimited(limited);
      expect(limited.text).toContain('value="Grace"');
      const page = await there.get('/account');
      expect([page.status, page.text]).toEqual([
        429,
        expect.stringMatching(/<p class="lead">Try again in (59|60) minutes\./),
      ]);
      const [user] = await api.database.query<{ name: string }>('SELECT name FROM users');
      expect(user?.name).not.toBe('Grace');
    } finally {
      await strict.stop();
    }
  });
});
