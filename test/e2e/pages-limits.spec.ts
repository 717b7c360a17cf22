import { createUser, PASSWORD } from '../support/accounts.js';
import { browserSession, type Page } from '../support/browser-session.js';
import { userWithApp } from '../support/factors.js';
import { type Api, testApi } from '../support/test-api.js';

const LIMIT = 3;
const LIMITS = {
  TRUST_PROXY: '1',
  RATE_LIMIT_LOGINS: String(LIMIT),
  RATE_LIMIT_SIGNUPS: '1',
  RATE_LIMIT_WINDOW_SECONDS: '3600',
};
const NEW = { name: 'Ada "A" Lovelace', email: 'ada@typed.example', password: 'x' };
const FACTOR = '/sign-in/factor';
const PASSKEY = '/sign-in/passkey';
const RENAME = '/account/security/factors/rename';

let api: Api;
let tests = 0;
/** Each test comes from an address of its own, since limits count by address. */
let from: Readonly<Record<string, string>>;

beforeAll(async () => {
  api = await testApi().withoutJobs().with(LIMITS).start();
});

beforeEach(() => {
  tests += 1;
  from = { 'x-forwarded-for': `192.0.2.${tests}` };
});

afterAll(() => api?.stop());

const newBrowser = (url = api.url) => browserSession(url, from);

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
      challenges.push((await api.post('/auth/passkey/options', {}, from)).status);
    expect(challenges).toEqual([200, 200, 200, 429]);

    const browser = newBrowser();
    const answers = [];
    for (const password of ['wrong', 'wrong', PASSWORD])
      answers.push((await newBrowser().signIn(email, password)).status);
    expect(answers).toEqual([401, 401, 303]);
    const limited = await browser.signIn(email);
    expectLimited(limited);
    expect(limited.text).toContain(`value="${email}"`);
    expect(limited.text).not.toContain(PASSWORD);
    expect(browser.cookies.has('session')).toBe(false);
    expect((await browser.get('/sign-in')).status).toBe(200);
  });

  it('forms keep what was typed, and are processed no more', async () => {
    const browser = newBrowser();
    expect((await browser.submit('/sign-up', NEW)).status).toBe(400);
    const signUp = await browser.submit('/sign-up', { ...NEW, password: PASSWORD });
    expectLimited(signUp);
    expect(signUp.text).toContain('value="Ada &quot;A&quot; Lovelace"');
    expect(signUp.text).toContain(`value="${NEW.email}"`);
    expect(signUp.text).not.toContain(PASSWORD);
    const made = 'SELECT FROM users WHERE email = $1';
    expect(await api.database.query(made, [NEW.email])).toEqual([]);

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
    const browser = newBrowser();
    for (let sent = 0; sent <= LIMIT; sent += 1) await browser.signIn(NEW.email, 'wrong');
    const foreign = { headers: { 'sec-fetch-site': 'cross-site' } };
    const { status, text } = await browser.post(
      '/sign-in',
      { email: 'mallory@x.example' },
      foreign,
    );
    expect([status, text.includes('mallory')]).toEqual([403, false]);
  });

  it('of all requests show the form that was sent again, and problems say when they end', async () => {
    const user = await userWithApp(api);
    const browser = newBrowser();
    await browser.signIn(user.email);
    const second = (await browser.get('/sign-in/factor?next=%2Faccount%2Fsecurity')).hidden(FACTOR);
    const pending = new Map(browser.cookies);
    await browser.post(FACTOR, { ...second, code: await user.freshCode() });
    const profile = (await browser.get('/account')).hidden('/account');
    const factor = (await browser.get('/account/security')).hidden(RENAME);
    const strict = await testApi()
      .withoutJobs()
      .with({ ...LIMITS, RATE_LIMIT_REQUESTS: '1' })
      .on(api.database)
      .start();
    const send = async (cookies: Map<string, string>, path: string, fields: object) => {
      const there = newBrowser(strict.url);
      for (const [name, value] of cookies) there.cookies.set(name, value);
      const limited = await there.post(path, { ...fields });
      expectLimited(limited);
      return limited;
    };
    try {
      // Uses up the limit of one request.
      await newBrowser(strict.url).get('/sign-in');
      const { text: saved } = await send(browser.cookies, '/account', {
        ...profile,
        name: 'Grace',
      });
      expect(saved).toContain('value="Grace"');
      const { text: named } = await send(browser.cookies, RENAME, { ...factor, name: 'Desk' });
      expect(named).toMatch(/<details open>\s*<summary aria-label="Rename [^]*?value="Desk"/);
      const { text: way } = await send(pending, PASSKEY, { ...second, email: NEW.email });
      expect(way).toContain(`value="${NEW.email}"`);
      const proof = await send(pending, FACTOR, { ...second, recovery_code: 'typed-code' });
      expect(proof.text).toMatch(/<details open>\s*<summary>Use a recovery code/);
      expect(proof.text).not.toContain('typed-code');
      expect(proof.hidden(FACTOR)['next']).toBe('/account/security');

      const page = await newBrowser(strict.url).get('/account');
      expect([page.status, page.text]).toEqual([
        429,
        expect.stringMatching(/<p class="lead">Try again in (59|60) minutes\./),
      ]);
      const rows = await api.database.query(
        'SELECT u.name, f.name AS factor FROM users u JOIN factors f ON f.user_id = u.id WHERE f.id = $1',
        [user.appId],
      );
      expect(JSON.stringify(rows)).not.toMatch(/Grace|Desk/);
    } finally {
      await strict.stop();
    }
  });
});
