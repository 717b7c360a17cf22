import { createUser } from '../support/accounts.js';
import { asService } from '../support/caller.js';
import { browserSession } from '../support/browser-session.js';
import { sharedApi } from '../support/shared-api.js';
import { type Api, type RunningApi, testApi } from '../support/test-api.js';

const SECURITY = '/account/security';

let api: RunningApi;
let other: Api | undefined;

beforeAll(async () => {
  api = await sharedApi();
});

afterAll(() => other?.stop());

/** Two windows of one browser. The session ended in the one, while a form is open in the other. */
async function signedOutElsewhere(path: string, action: string, site: string) {
  const { email } = await createUser(api);
  const browser = browserSession(api.url);
  await browser.signIn(email);
  const form = (await browser.get(path)).hidden(action);
  await browser.submit(path, {}, '/sign-out');
  const headers = { 'sec-fetch-site': site };
  return browser.post(action, { ...form, name: 'Grace' }, { headers });
}

describe('a problem on a page', () => {
  it.each([
    ['/account', '/account', '/'],
    [SECURITY, `${SECURITY}/password`, SECURITY],
    ['/account', '/sign-out', '/'],
  ])(
    'of %s tells that the session has ended when its form for %s is sent',
    async (path, action, back) => {
      const { status, text } = await signedOutElsewhere(path, action, 'same-origin');
      expect([status, text.includes('You are signed out')]).toEqual([403, true]);
      expect(text).toMatch(new RegExp(`<a href="${back}"\\s*>Back to sign-in`));
    },
  );

  it('tells another site nothing of the session', async () => {
    const { status, text } = await signedOutElsewhere('/account', '/account', 'cross-site');
    expect([status, text.includes('This form is out of date')]).toEqual([403, true]);
  });

  it('is told in place where credentials of the API are wrong, which would be so everywhere', async () => {
    const browser = browserSession(api.url);
    for (const [name, value] of [
      ['authorization', 'Basic YTpi'],
      ['x-api-key', 'unknown'],
    ] as const)
      for (const path of ['/sign-in', '/account']) {
        const page = await browser.get(path, { headers: { [name]: value } });
        expect([path, page.status, page.location]).toEqual([path, 401, undefined]);
        expect(page.text).toContain('<h1>That did not work</h1>');
      }
  });

  it('is kept by no cache, even of an address that nobody can read', async () => {
    const browser = browserSession(api.url);
    for (const [path, code] of [
      ['/%zz', 400],
      ['/nowhere', 404],
      ['/sign-in?next=%ff', 400],
    ] as const) {
      const { status, headers } = await browser.get(path);
      expect([path, status, headers.get('cache-control')]).toEqual([path, code, 'no-store']);
      expect(headers.get('content-security-policy')).toContain("form-action 'self'");
    }
  });

  it('is told above the form where it is in a field that nobody types', async () => {
    const browser = browserSession(api.url);
    await browser.signIn((await createUser(api)).email);
    const { status, text } = await browser.submit('/account', { name: 'Ada', locale: 'no locale' });
    expect([status, text]).toEqual([
      400,
      expect.stringContaining('role="alert">That did not work.'),
    ]);
    expect(text).toContain('<h1>Your profile</h1>');
  });

  it('has nothing to do with the query: pages read of it what they need', async () => {
    const browser = browserSession(api.url);
    await browser.signIn((await createUser(api)).email);
    const hostile = '?locale=no+locale&name=Mallory&__proto__=x&notice=toString&notice=x&token[]=x';
    for (const path of ['/account', SECURITY]) {
      const { status, text } = await browser.get(`${path}${hostile}`);
      expect([path, status, text.includes('Mallory')]).toEqual([path, 200, false]);
    }
    const stranger = browserSession(api.url);
    for (const path of ['/sign-in', '/sign-up', '/forgot-password'])
      expect([path, (await stranger.get(`${path}${hostile}`)).status]).toEqual([path, 200]);
  });

  it('shows no words of its address', async () => {
    const browser = browserSession(api.url);
    for (const end of ['', '/callback']) {
      const { status, text } = await browser.get(`/auth/oidc/Call%20Mallory${end}`);
      expect([status, text.includes('Mallory')]).toEqual([404, false]);
    }
  });
});

it('a form whose session cannot be checked may be sent again later, and no form of another site', async () => {
  const { email } = await createUser(api);
  const browser = browserSession(api.url);
  await browser.signIn(email);
  const form = (await browser.get('/account')).hidden('/account');
  // A process that has not seen the session yet.
  other = await testApi().on(api.database).withFaults().withoutJobs().start();
  await other.request('/admin/faults', {
    method: 'PUT',
    headers: asService,
    body: { faults: [{ route: 'POST /account', dependency: 'database', seconds: 60 }] },
  });
  const there = browserSession(other.url);
  for (const [name, value] of browser.cookies) there.cookies.set(name, value);
  const sent = { ...form, name: 'Grace' };
  const refused = await there.post('/account', sent);
  expect([refused.status, refused.text]).toEqual([
    503,
    expect.stringContaining('back in a moment'),
  ]);
  const foreign = { headers: { 'sec-fetch-site': 'cross-site' } };
  expect((await there.post('/account', sent, foreign)).status).toBe(403);
});
