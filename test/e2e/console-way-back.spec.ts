import { createUser, superuser, type TestUser } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { sharedApi } from '../support/shared-api.js';
import { type Api, type RunningApi, testApi } from '../support/test-api.js';

/** What browsers take for name, value and attributes of a cookie, in bytes (RFC 6265bis §5.7). */
const LONGEST_COOKIE = 4_096;

const LINK = /<a href="([^"]*)"[^>]*>Back to the console<\/a>/;

let own: Api | undefined;

afterEach(async () => {
  await own?.stop();
  own = undefined;
});

async function startWith(env: Readonly<Record<string, string>>): Promise<Api> {
  own = await testApi(env).withoutJobs().start();
  return own;
}

/** Opens the account on the way from a place in the console. */
async function visit(api: RunningApi, { email }: TestUser, place: string) {
  const browser = browserSession(api.url);
  await browser.signIn(email);
  const arrived = await browser.get(`/account?next=${encodeURIComponent(place)}`);
  const later = await browser.get('/account/security');
  return {
    links: [arrived, later].map(({ text }) => LINK.exec(text)?.[1]),
    cookies: arrived.headers.getSetCookie(),
  };
}

describe('the link from the account back to the console', () => {
  it('is shown to superusers, also before their second factor, and to nobody else', async () => {
    const api = await startWith({ SUPERUSER_SECOND_FACTOR: 'required' });
    const place = '/console/audit';
    const admin = await superuser(api, api.database);
    expect((await visit(api, admin, place)).links).toEqual([place, place]);
    expect(await visit(api, await createUser(api), place)).toEqual({
      links: [undefined, undefined],
      cookies: [],
    });
  });

  it('leads to the start of the console from a place too long for a cookie', async () => {
    const api = await sharedApi();
    const admin = await superuser(api, api.database);
    const { links, cookies } = await visit(api, admin, `/console/${'%C3%A4'.repeat(1_000)}`);
    expect(links).toEqual(['/console', '/console']);
    expect(cookies).toHaveLength(1);
    const longest = `/console/${'%'.repeat(991)}`;
    const kept = await visit(api, admin, longest);
    expect(kept.links).toEqual([longest, longest]);
    expect(kept.cookies.join().length).toBeLessThanOrEqual(LONGEST_COOKIE);
  });

  it('is not shown where the console is off', async () => {
    const api = await startWith({ CONSOLE: 'false' });
    const admin = await superuser(api, api.database);
    const { links } = await visit(api, admin, '/console/audit');
    expect(links).toEqual([undefined, undefined]);
  });
});
