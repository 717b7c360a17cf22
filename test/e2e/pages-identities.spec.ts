import { PASSWORD } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { verifiedUser } from '../support/factors.js';
import { newPerson } from '../support/identities.js';
import { CALLBACK, type OidcServer, type Person, startOidcServer } from '../support/oidc-server.js';
import { type Api, testApi } from '../support/test-api.js';

const PROVIDER = '/auth/oidc/mock';
const IDENTITIES = '/account/security/identities';

let server: OidcServer;
let api: Api;

beforeAll(async () => {
  server = await startOidcServer();
  api = await testApi()
    .withoutJobs()
    .with({
      PUBLIC_URL: new URL(CALLBACK).origin,
      OIDC_PROVIDERS: JSON.stringify([server.settings('mock', { label: 'Mock ID' })]),
    })
    .start();
});

afterAll(async () => {
  await api?.stop();
  await server?.stop();
});

const newOwner = () => verifiedUser(api, api.database);

type Browser = ReturnType<typeof browserSession>;

/** Goes to the provider and comes back. @returns the answer to who came back. */
async function through(browser: Browser, url: string, person: Person) {
  const { pathname, search } = new URL(await server.visit(url, person));
  return browser.get(`${pathname}${search}`);
}

/** The same from the button of the sign-in page. */
async function signInWith(browser: Browser, person: Person) {
  const { text } = await browser.get('/sign-in');
  expect(text).toContain(`href="${PROVIDER}">Continue with Mock ID</a>`);
  const { location = '' } = await browser.get(PROVIDER);
  return through(browser, location, person);
}

describe('identities on pages', () => {
  it('are linked with the password, sign in, and are removed', async () => {
    const [user, person] = [await newOwner(), newPerson()];
    const browser = browserSession(api.url);
    await browser.signIn(user.email);
    const form = { current_password: 'wrong' };
    const refused = await browser.submit('/account/security', form, IDENTITIES);
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(/id="link-mock-current_password-error">This is not your current/);
    const fields = { current_password: PASSWORD };
    const leave = await browser.submit('/account/security', fields, IDENTITIES);
    const [, url = ''] = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(leave.text) ?? [];
    const back = await through(browser, url.replaceAll('&amp;', '&'), person);
    expect(back.location).toBe('/account/security?notice=identity-added');
    expect((await browser.get('/account/security')).text).toContain(String(person.email));

    const other = browserSession(api.url);
    expect((await signInWith(other, person)).location).toBe('/account');
    const removed = await other.submit('/account/security', {}, `${IDENTITIES}/remove`);
    expect(removed.location).toBe('/account/security?notice=identity-removed');
    expect((await other.get('/account/security')).text).not.toContain(String(person.email));
  });

  it('with the address of an account are linked after the sign-in to it', async () => {
    const user = await newOwner();
    const browser = browserSession(api.url);
    const person = newPerson({ email: user.email });
    const { location = '' } = await signInWith(browser, person);
    expect(location).toBe('/sign-in?next=%2Faccount%2Fsecurity&notice=link');
    const credentials = { email: user.email, password: PASSWORD };
    expect((await browser.submit(location, credentials)).location).toBe('/account/security');
    const linked = await browser.submit('/account/security', {}, `${IDENTITIES}/pending`);
    expect(linked.location).toBe('/account/security?notice=identity-added');
    const { text } = await browser.get('/account/security');
    expect(text).not.toContain(`${IDENTITIES}/pending`);
    expect((await signInWith(browserSession(api.url), person)).location).toBe('/account');
  });

  it('ask for the password in a session that is older', async () => {
    const user = await newOwner();
    const browser = browserSession(api.url);
    await browser.signIn(user.email);
    const { location = '' } = await browser.get(PROVIDER);
    await through(browser, location, newPerson({ email: user.email }));
    const page = await browser.submit('/account/security', {}, `${IDENTITIES}/pending`);
    expect(page.text).toContain('id="pending-current_password-error"');
    const fields = { ...page.hidden(`${IDENTITIES}/pending`), current_password: PASSWORD };
    const linked = await browser.post(`${IDENTITIES}/pending`, fields);
    expect(linked.location).toBe('/account/security?notice=identity-added');
  });

  it('tell who gave up at the provider so, and still lead to the wanted page', async () => {
    const browser = browserSession(api.url);
    const { location = '' } = await browser.get(`${PROVIDER}?next=%2Faccount%2Fsecurity`);
    const { searchParams } = new URL(location);
    const refusal = { error: 'access_denied', state: searchParams.get('state') ?? '' };
    const query = new URLSearchParams({ ...refusal, iss: server.issuer }).toString();
    const refused = await browser.get(`${PROVIDER}/callback?${query}`);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('Mock ID did not confirm your sign-in. Start again.');
    expect(refused.text).toContain('href="/sign-in?next=%2Faccount%2Fsecurity"');
    const late = await browser.get(`${PROVIDER}/callback?${query}`);
    expect(late.text).toContain('That took too long.');
  });

  it('say that it took too long where no identity waits any more', async () => {
    const browser = browserSession(api.url);
    await browser.signIn((await newOwner()).email);
    const token = (await browser.get('/account/security')).hidden(IDENTITIES);
    const { status, text } = await browser.post(`${IDENTITIES}/pending`, token);
    expect([status, text]).toEqual([400, expect.stringContaining('That took too long.')]);
  });
});
