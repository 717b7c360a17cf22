import { createUser, superuser } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { type Api, testApi } from '../support/test-api.js';

/** What browsers take for name, value and attributes of a cookie, in bytes (RFC 6265bis §5.7). */
const LONGEST_COOKIE = 4_096;

const LINK = /<a href="([^"]*)"[^>]*>Back to the console<\/a>/;

let api: Api;

afterEach(() => api?.stop());

/** Opens the account on the way from a place in the console. */
async function visit({ email }: { email: string }, place: string) {
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
    api = await testApi().withoutJobs().with({ SUPERUSER_SECOND_FACTOR: 'required' }).start();
    const place = '/console/audit';
    const admin = await superuser(api, api.database);
    expect((await visit(admin, place)).links).toEqual([place, place]);
    expect(await visit(await createUser(api), place)).toEqual({
      links: [undefined, undefined],
      cookies: [],
    });
  });

  it('leads to the start of the console from a place too long for a cookie', async () => {
    api = await testApi().withoutJobs().start();
    const admin = await superuser(api, api.database);
    const { links, cookies } = await visit(admin, `/console/${'%C3%A4'.repeat(1_000)}`);
    expect(links).toEqual(['/console', '/console']);
    expect(cookies).toHaveLength(1);
    const longest = `/console/${'%'.repeat(991)}`;
    const kept = await visit(admin, longest);
    expect(kept.links).toEqual([longest, longest]);
    expect(kept.cookies.join().length).toBeLessThanOrEqual(LONGEST_COOKIE);
  });

  it('is not shown where the console is off', async () => {
    api = await testApi().withoutJobs().with({ CONSOLE: 'false' }).start();
    const admin = await superuser(api, api.database);
    const { links } = await visit(admin, '/console/audit');
    expect(links).toEqual([undefined, undefined]);
  });
});
