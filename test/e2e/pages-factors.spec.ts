import { PASSWORD } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { userWithApp } from '../support/factors.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';

const SECURITY = '/account/security';
const RENAME = `${SECURITY}/factors/rename`;

let api: RunningApi;

beforeAll(async () => {
  api = await sharedApi();
});

/** A user with an app, and a browser in which it was proved. */
async function confirmedBrowser() {
  const user = await userWithApp(api);
  const browser = browserSession(api.url);
  await browser.signIn(user.email);
  await browser.submit('/sign-in/factor', { code: await user.freshCode() });
  return { user, browser };
}

describe('factors on the page about security', () => {
  it('are renamed, and what is wrong with a name is told beside it', async () => {
    const { user, browser } = await confirmedBrowser();
    const long = await browser.submit(SECURITY, { name: 'x'.repeat(101) }, RENAME);
    expect(long.status).toBe(400);
    expect(long.text).toContain(
      `id="${user.appId}-name-error">Enter a name of up to 100 characters.`,
    );
    expect(long.text).toContain(`value="${'x'.repeat(101)}"`);
    const done = await browser.submit(SECURITY, { name: ' Phone <1> ' }, RENAME);
    expect(done.location).toBe(`${SECURITY}?notice=saved`);
    expect(await user.list()).toContainEqual(expect.objectContaining({ name: 'Phone <1>' }));
    const { text } = await browser.get(SECURITY);
    expect(text).toContain('<strong>Phone &lt;1&gt;</strong');
    expect(text).toContain('aria-label="Rename Phone &lt;1&gt;"');
  });

  it('are renamed by their owner only', async () => {
    const [{ user }, { browser }] = [await confirmedBrowser(), await confirmedBrowser()];
    const fields = { factor_id: user.appId, name: 'Mallory' };
    const { status, text } = await browser.submit(SECURITY, fields, RENAME);
    expect([status, text.includes('That is not there any more.')]).toEqual([404, true]);
    expect(JSON.stringify(await user.list())).not.toContain('Mallory');
  });

  it('are no more than ten: the page says so, and offers no other', async () => {
    const { user, browser } = await confirmedBrowser();
    const app = (await browser.get(SECURITY)).hidden(`${SECURITY}/totp`);
    await api.database.query(
      `INSERT INTO factors (id, user_id, type, secret, created_at, confirmed_at)
       SELECT gen_random_uuid(), user_id, type, secret, created_at, confirmed_at
         FROM factors, generate_series(1, 9) WHERE id = $1`,
      [user.appId],
    );
    const late = await browser.post(`${SECURITY}/totp`, app);
    for (const { text } of [late, await browser.get(SECURITY)]) {
      expect(text).toContain('You have as many as there can be.');
      expect(text).not.toContain('Add a');
    }
  });

  it('say that a code may have been used, since the first one was used to add the app', async () => {
    const user = await userWithApp(api);
    const browser = browserSession(api.url);
    await browser.signIn(user.email);
    const { text } = await browser.submit('/sign-in/factor', { code: await user.code() });
    expect(text).toContain('or was used already. Wait for the next one.');
  });

  it('of a new app no longer speak of a picture once its code was wrong', async () => {
    const { browser } = await confirmedBrowser();
    const shown = await browser.submit(
      SECURITY,
      { current_password: PASSWORD },
      `${SECURITY}/totp`,
    );
    expect(shown.text).toContain('Scan this picture');
    const form = shown.hidden(`${SECURITY}/totp/confirm`);
    const { text } = await browser.post(`${SECURITY}/totp/confirm`, { ...form, code: '000000' });
    expect(text).not.toContain('Scan this picture');
    expect(text).toContain('Type the code that the app shows for this account.');
  });

  it('keep the name that was typed for a passkey which was refused', async () => {
    const { browser } = await confirmedBrowser();
    const { csrf_token: token = '' } = (await browser.get(SECURITY)).hidden(RENAME);
    const sent = { csrf_token: token, name: 'Desk' };
    const { text } = await browser.post(`${SECURITY}/passkeys`, sent);
    expect(text).toMatch(/id="passkey-name"[^>]*value="Desk"/);
  });
});
