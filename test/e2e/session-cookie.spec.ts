import { createUser, login, signedIn } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { bearer } from '../support/caller.js';
import { userWithApp } from '../support/factors.js';
import { type Api, testApi } from '../support/test-api.js';

let service: Api;

beforeAll(async () => {
  service = await testApi()
    .withoutJobs()
    .with({ REFRESH_TOKEN_TTL: '3600', SESSION_MAX_SECONDS: '7200' })
    .start();
});

afterAll(() => service?.stop());

async function visitor() {
  const user = await createUser(service);
  const browser = browserSession(service.url);
  await browser.signIn(user.email);
  const token = async () => {
    const { text } = await browser.api('GET', '/auth/session');
    return (JSON.parse(text) as { csrf_token: string }).csrf_token;
  };
  return { ...user, browser, token };
}

const codeOf = ({ text }: { text: string }) => (JSON.parse(text) as { code: string }).code;
const change = { body: { name: 'Grace' } };

describe('the session cookie', () => {
  it('is set by a sign-in, for this host, out of reach of scripts and foreign forms', async () => {
    const { email } = await createUser(service);
    const browser = browserSession(service.url);
    const answer = await browser.signIn(email);
    expect([answer.status, answer.location]).toEqual([303, '/account']);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^session=[\w-]{86}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=7200$/);
    expect(browser.cookies.has('csrf')).toBe(false);
  });

  it('opens one of the sessions of the API: listed and revoked alike', async () => {
    const { browser, email, token } = await visitor();
    const { body: tokens } = await login(service, email);
    const listed = await service
      .as(tokens.access_token)
      .get<{ items: { id: string; current: boolean }[] }>('/auth/sessions');
    const other = listed.body.items.find(({ current }) => !current);
    expect((await browser.api('GET', '/users/me')).status).toBe(200);
    expect(await token()).toMatch(/^[\w-]{43}$/);
    await service.as(tokens.access_token).delete(`/auth/sessions/${other?.id}`);
    expect((await browser.api('GET', '/users/me')).status).toBe(401);
  });

  it('is another one after each sign-in, and no value from before is kept', async () => {
    const { email } = await createUser(service);
    const browser = browserSession(service.url);
    browser.cookies.set('session', 'planted');
    await browser.signIn(email);
    const first = browser.cookies.get('session');
    expect(first).not.toBe('planted');
    await browser.submit('/account', {}, '/sign-out');
    expect(browser.cookies.has('session')).toBe(false);
    await browser.signIn(email);
    expect(browser.cookies.get('session')).not.toBe(first);
  });

  it('is nobody and is cleared where it is not valid, and counts for nothing beside other credentials', async () => {
    const { browser, id } = await visitor();
    const genuine = browser.cookies.get('session') ?? '';
    const forged = `${genuine.startsWith('A') ? 'B' : 'A'}${genuine.slice(1)}`;
    for (const value of [forged, 'x', `${genuine}x`, 'ä%00']) {
      const answer = await browser.api('GET', '/users/me', {
        cookie: `session=${encodeURIComponent(value)}`,
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.getSetCookie()[0]).toMatch(/^session=; .*Max-Age=0$/);
    }
    const health = await browser.api('GET', '/health', { cookie: 'session=x' });
    expect(health.status).toBe(200);

    const other = await signedIn(service);
    const cookie = `session=${genuine}`;
    const headers = bearer(other.tokens.access_token);
    const asOther = await browser.api('GET', '/users/me', { cookie, headers });
    expect((JSON.parse(asOther.text) as { id: string }).id).toBe(other.id);
    const changed = await browser.api('PATCH', `/users/${other.id}`, {
      cookie,
      headers,
      ...change,
    });
    expect(changed.status).toBe(200);
    const wrong = await browser.api('GET', `/users/${id}`, { cookie, headers: bearer('a.b.c') });
    expect(wrong.status).toBe(401);
  });

  it('is prolonged by its use, up to SESSION_MAX_SECONDS, and ends unused', async () => {
    const { browser, id } = await visitor();
    const left = async () => {
      const [row] = await service.database.query<{ left: number }>(
        `SELECT extract(epoch FROM expires_at - now())::int AS left FROM sessions WHERE user_id = $1`,
        [id],
      );
      return row?.left ?? 0;
    };
    const age = (seconds: number) =>
      service.database.query(
        `UPDATE sessions SET created_at = created_at - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2),
                             last_used_at = last_used_at - make_interval(secs => $2) WHERE user_id = $1`,
        [id, seconds],
      );
    // Other replicas know the session for a moment only; here the cache is passed over by a change.
    const use = async () => {
      await service.as('service').patch(`/users/${id}`, { name: `Ada ${Math.random()}` });
      return (await browser.api('GET', '/users/me')).status;
    };
    await age(3000);
    expect(await use()).toBe(200);
    expect(await left()).toBeGreaterThan(3500);
    await age(3000);
    expect(await use()).toBe(200);
    expect(await left()).toBeLessThanOrEqual(1200);
    await age(1300);
    expect(await use()).toBe(401);
  });

  it('is raised by a step-up', async () => {
    const user = await userWithApp(service);
    const browser = browserSession(service.url);
    await browser.signIn(user.email);
    const code = await user.freshCode();
    const step = await browser.submit('/sign-in/factor', { code });
    expect([step.status, step.location]).toEqual([303, '/account']);
    await service.database.query(`UPDATE sessions SET acr = 'aal1' WHERE user_id = $1`, [user.id]);
    await service.as('service').patch(`/users/${user.id}`, { name: 'Ada again' });
    const { text } = await browser.api('GET', '/auth/session');
    const { acr, csrf_token } = JSON.parse(text) as Record<string, string>;
    expect(acr).toBe('aal1');
    const headers = { 'x-csrf-token': csrf_token ?? '' };
    const raised = await browser.api('POST', '/auth/step-up', {
      headers,
      body: { code: await user.freshCode() },
    });
    expect(raised.status).toBe(200);
    expect((await browser.api('GET', '/auth/session')).text).toContain('"acr":"aal2"');
  });
});

describe('a request with a session cookie', () => {
  it('changes something only from our own pages and with the token of its session', async () => {
    const { browser, id, token } = await visitor();
    const stranger = await visitor();
    const own = { 'x-csrf-token': await token() };
    const patch = async (headers: Record<string, string>) => {
      const answer = await browser.api('PATCH', `/users/${id}`, { headers, ...change });
      return answer.status === 403 ? codeOf(answer) : answer.status;
    };
    expect(await patch(own)).toBe(200);
    expect(await patch({})).toBe('auth.csrf');
    expect(await patch({ 'x-csrf-token': await stranger.token() })).toBe('auth.csrf');
    for (const site of ['same-site', 'cross-site', 'none'])
      expect(await patch({ ...own, 'sec-fetch-site': site })).toBe('auth.csrf');
    // Under `no-referrer`, browsers send `Origin: null` with our own forms.
    expect(await patch({ ...own, origin: 'null' })).toBe(200);
  });

  it('decides by the origin where a browser tells nothing else', async () => {
    const { browser, id, token } = await visitor();
    const cookie = `session=${browser.cookies.get('session')}`;
    const patch = async (headers: Record<string, string>) => {
      const response = await fetch(`${service.url}/users/${id}`, {
        method: 'PATCH',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(change.body),
      });
      return response.status;
    };
    const csrf = await token();
    expect(await patch({ 'x-csrf-token': csrf, origin: service.url })).toBe(200);
    expect(await patch({ 'x-csrf-token': csrf, origin: 'http://localhost:1' })).toBe(403);
    expect(await patch({ 'x-csrf-token': csrf, origin: 'null' })).toBe(403);
    expect(await patch({ 'x-csrf-token': csrf })).toBe(403);
    expect(await patch({ origin: service.url })).toBe(403);
  });

  it('reads nothing of the API for a page of another origin', async () => {
    const { browser } = await visitor();
    const read = async (headers: Record<string, string>) =>
      (await browser.api('GET', '/users/me', { headers })).status;
    expect(await read({})).toBe(200);
    expect(await read({ 'sec-fetch-site': 'cross-site' })).toBe(401);
    expect(await read({ 'sec-fetch-site': 'same-site' })).toBe(401);
    const cross = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect(await read(cross)).toBe(401);
  });
});

describe('a form before the sign-in', () => {
  it('is refused without the token that fits the cookie of its visitor', async () => {
    const { email } = await createUser(service);
    const [browser, stranger] = [browserSession(service.url), browserSession(service.url)];
    const hidden = (await browser.get('/sign-in')).hidden('/sign-in');
    const foreign = (await stranger.get('/sign-in')).hidden('/sign-in');
    const fields = { email, password: 'violet-kettle-armada-7' };
    const post = async (given: Record<string, string>, headers = {}) => {
      const { status } = await browser.post('/sign-in', { ...fields, ...given }, { headers });
      return status;
    };
    expect(await post({})).toBe(403);
    expect(await post(foreign)).toBe(403);
    expect(await post(hidden, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect((await browser.post('/sign-in', { ...fields, ...hidden }, { cookie: '' })).status).toBe(
      403,
    );
    expect(await post(hidden)).toBe(303);
  });
});
