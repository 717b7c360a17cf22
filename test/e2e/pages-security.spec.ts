import { createUser, PASSWORD } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { userWithApp } from '../support/factors.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';

const NEXT = 'another-long-passphrase';

let service: RunningApi;

beforeAll(async () => {
  service = await sharedApi();
});

describe('the second step of a sign-in', () => {
  const START = '/sign-in?next=%2Fconsole';
  const STEP = '/sign-in/factor?next=%2Fconsole';

  it('tells what is wrong beside the field, and remembers where somebody goes', async () => {
    const user = await userWithApp(service);
    const browser = browserSession(service.url);
    const first = await browser.submit(START, { email: user.email, password: PASSWORD });
    expect([first.status, first.location]).toEqual([303, STEP]);
    for (const [name, wrong, text] of [
      ['code', '', 'This code is not right'],
      ['code', '000000', 'This code is not right'],
      ['recovery_code', 'K7QF-0A1B-XYZ2-9MNS', 'This recovery code is not right'],
    ] as const) {
      const answer = await browser.submit(STEP, { [name]: wrong });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).toMatch(new RegExp(`id="${name}-error">${text}`));
      expect(answer.text).not.toContain(`value="${wrong}"`);
    }
    const done = await browser.submit(STEP, { code: await user.freshCode() });
    expect([done.status, done.location]).toEqual([303, '/console']);
    expect(browser.cookies.has('login')).toBe(false);
  });

  it('begins again after too many tries, and without the cookie of the first step', async () => {
    const user = await userWithApp(service);
    const browser = browserSession(service.url);
    await browser.submit(START, { email: user.email, password: PASSWORD });
    const page = await browser.get(STEP);
    const answers = [];
    for (let tries = 0; tries < 6; tries += 1)
      answers.push(
        await browser.post('/sign-in/factor', {
          ...page.hidden('/sign-in/factor'),
          code: '000000',
        }),
      );
    expect(answers.at(-1)?.location).toBe('/sign-in?next=%2Fconsole&notice=sign-in-over');
    expect((await browser.get(STEP)).location).toBe(START);
    const stranger = browserSession(service.url);
    expect((await stranger.get('/sign-in/factor')).location).toBe('/sign-in');
  });
});

describe('the page about security', () => {
  const SECURITY = '/account/security';

  it('leads back to where somebody came from in the console, until the session is another one', async () => {
    const user = await userWithApp(service);
    const promote = (id: string) =>
      service.database.query(`UPDATE users SET role = 'superuser' WHERE id = $1`, [id]);
    await promote(user.id);
    const browser = browserSession(service.url);
    await browser.signIn(user.email);
    await browser.submit('/sign-in/factor', { code: await user.freshCode() });
    const BACK = 'href="/console/users/1?page=2"';
    expect((await browser.get(SECURITY)).text).not.toContain('/console');
    const here = `${SECURITY}?next=%2Fconsole%2Fusers%2F1%3Fpage%3D2`;
    expect((await browser.get(here)).text).toContain(BACK);
    const added = await browser.submit(
      SECURITY,
      { current_password: PASSWORD },
      `${SECURITY}/totp`,
    );
    expect(added.text).toContain(BACK);
    expect((await browser.get('/account?next=%2Fconsolation')).text).toContain(BACK);
    await browser.submit(SECURITY, {}, '/sign-out');
    expect(browser.cookies.has('console')).toBe(false);
    const { id, email } = await createUser(service);
    await promote(id);
    await browser.signIn(email);
    await browser.get(here);
    expect(browser.cookies.has('console')).toBe(true);
    browser.cookies.delete('session');
    await browser.signIn(email);
    expect(browser.cookies.has('console')).toBe(false);
  });

  it('changes the password with the present one, and ends all other sessions', async () => {
    const user = await createUser(service);
    const [browser, other] = [browserSession(service.url), browserSession(service.url)];
    await browser.signIn(user.email);
    await other.signIn(user.email);
    const change = (fields: Record<string, string>) =>
      browser.submit(SECURITY, fields, `${SECURITY}/password`);
    const wrong = await change({ current_password: 'wrong', password: NEXT });
    expect(wrong.text).toContain('This is not your current password.');
    const common = await change({ current_password: PASSWORD, password: 'password1234' });
    expect(common.text).toMatch(/id="password-error">This is one of the most common passwords/);
    const done = await change({ current_password: PASSWORD, password: NEXT });
    expect(done.location).toBe(`${SECURITY}?notice=password-changed`);
    expect((await other.get('/account')).location).toBe('/sign-in?next=%2Faccount');
    expect((await browser.get('/account')).status).toBe(200);
    expect((await other.signIn(user.email, NEXT)).location).toBe('/account');
  });

  it('lists sessions, and ends one or all others', async () => {
    const user = await createUser(service);
    const [browser, second, third] = [1, 2, 3].map(() => browserSession(service.url));
    if (!browser || !second || !third) throw new Error('three browsers');
    for (const each of [browser, second, third]) await each.signIn(user.email);
    const alive = async () => {
      const pages = await Promise.all([second, third].map((each) => each.get('/account')));
      return pages.filter(({ status }) => status === 200).length;
    };
    const one = await browser.submit(SECURITY, {}, `${SECURITY}/sessions/end`);
    expect(one.location).toBe(`${SECURITY}?notice=session-ended`);
    expect(await alive()).toBe(1);
    const all = await browser.submit(SECURITY, {}, `${SECURITY}/sessions/end-others`);
    expect(all.location).toBe(`${SECURITY}?notice=sessions-ended`);
    expect(await alive()).toBe(0);
    expect((await browser.get(SECURITY)).status).toBe(200);
  });

  it('takes a second factor away, once the other has been proved', async () => {
    const user = await userWithApp(service);
    const browser = browserSession(service.url);
    await browser.signIn(user.email);
    await browser.submit('/sign-in/factor', { recovery_code: user.recoveryCodes[0] ?? '' });
    const renewed = await browser.submit(SECURITY, {}, `${SECURITY}/recovery-codes`);
    expect(renewed.text).toContain('Your recovery codes');
    expect(renewed.text).not.toContain(String(user.recoveryCodes[1]));
    const removed = await browser.submit(SECURITY, {}, `${SECURITY}/factors/remove`);
    expect(removed.location).toBe(`${SECURITY}?notice=factor-removed`);
    expect(await user.list()).toEqual([]);
  });

  it('takes no form with the token of somebody else', async () => {
    const [user, thief] = [await createUser(service), await createUser(service)];
    const [browser, stolen] = [browserSession(service.url), browserSession(service.url)];
    await browser.signIn(user.email);
    await stolen.signIn(thief.email);
    const foreign = (await stolen.get('/account')).hidden('/account');
    const refused = await browser.post('/account', { ...foreign, name: 'Mallory' });
    expect([refused.status, refused.text.includes('This form is out of date')]).toEqual([
      403,
      true,
    ]);
    expect((await browser.submit('/account', { name: 'Grace' })).location).toContain('saved');
  });
});
