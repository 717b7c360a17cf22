import { createUser, login, me, refresh, type Tokens } from '../support/accounts.js';
import type { Answer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Api, testApi } from '../support/test-api.js';

const HOME = { 'x-forwarded-for': '203.0.113.5', 'user-agent': 'Firefox/140.0 (X11)' };
const UPDATED = { ...HOME, 'user-agent': 'Firefox/141.2 (X11)' };
const ABROAD = { ...HOME, 'x-forwarded-for': '198.51.100.7' };
const PHONE = { ...HOME, 'user-agent': 'Mobile/1' };
const NEXT = 'another-long-passphrase';

let mails: MailService;
let service: Api;

beforeAll(async () => {
  mails = await startMailService();
  service = await testApi()
    .withMails(mails)
    .with({ TRUST_PROXY: '1', LOCKOUT_ACCOUNT_THRESHOLD: '3' })
    .start();
});

afterAll(async () => {
  await service?.stop();
  await mails?.stop();
});

type From = Readonly<Record<string, string>>;

const signIn = async (email: string, from: From): Promise<Tokens> => {
  const { status, body } = await login(service, email, undefined, from);
  expect(status).toBe(200);
  return body;
};

const notMe = (token: string): Promise<Answer> => service.post('/auth/not-me', { token });

/** How many mails about new devices were asked for, delivered or not. */
async function announced(userId: string): Promise<number> {
  const rows = await service.database.query(
    `SELECT FROM mailed_tokens WHERE user_id = $1 AND purpose = 'not_me'`,
    [userId],
  );
  return rows.length;
}

/** A user who is signed in at home and, by somebody, abroad. */
async function abroad() {
  const user = await createUser(service);
  const home = await signIn(user.email, HOME);
  const away = await signIn(user.email, ABROAD);
  const { variables } = await mails.mailed(user.email, 'new_device');
  return { ...user, home, away, token: variables.token };
}

describe('a mail about a new device', () => {
  it('is sent for a source or a client never seen, once, and not for the first sign-in', async () => {
    const { id, email } = await createUser(service);
    for (const from of [HOME, HOME, UPDATED]) await signIn(email, from);
    expect(await announced(id)).toBe(0);
    await signIn(email, ABROAD);
    expect(await announced(id)).toBe(1);
    await signIn(email, PHONE);
    for (const from of [PHONE, HOME, ABROAD]) await signIn(email, from);
    expect(await announced(id)).toBe(2);
  });

  it('is not sent for a device that proves itself, wherever it is', async () => {
    const { id, email } = await createUser(service);
    const { device_token } = await signIn(email, HOME);
    await signIn(email, { ...ABROAD, 'user-agent': 'Other', 'x-device-token': device_token });
    expect(await announced(id)).toBe(0);
  });

  it('is not sent for sources that were recorded before their clients were', async () => {
    const { id, email } = await createUser(service);
    await service.database.query(
      `INSERT INTO known_sources (user_id, source) VALUES ($1, '203.0.113.5')`,
      [id],
    );
    await signIn(email, PHONE);
    expect(await announced(id)).toBe(0);
    await signIn(email, ABROAD);
    expect(await announced(id)).toBe(1);
  });

  it('is sent for the newest twenty clients of a source only once each', async () => {
    const { id, email } = await createUser(service);
    const program = (index: number) => ({ ...HOME, 'user-agent': 'x'.repeat(index + 1) });
    for (let index = 0; index < 22; index += 1) await signIn(email, program(index));
    expect(await announced(id)).toBe(21);
    await signIn(email, program(2));
    expect(await announced(id)).toBe(21);
    await signIn(email, program(0));
    expect(await announced(id)).toBe(22);
  });

  it('is not sent with NEW_DEVICE_MAIL=false', async () => {
    const silent = await testApi()
      .on(service.database)
      .withoutJobs()
      .with({ NEW_DEVICE_MAIL: 'false', TRUST_PROXY: '1' })
      .start();
    try {
      const { id, email } = await createUser(silent);
      for (const from of [HOME, ABROAD]) await login(silent, email, undefined, from);
      expect(await announced(id)).toBe(0);
    } finally {
      await silent.stop();
    }
  });
});

describe('POST /auth/not-me', () => {
  it('ends all sessions, voids the password, and mails a reset, after which the owner is back', async () => {
    const { id, email, home, away, token } = await abroad();
    expect((await notMe(token)).status).toBe(204);
    for (const tokens of [home, away]) {
      expect((await me(service, tokens.access_token)).status).toBe(401);
      expect((await refresh(service, tokens.refresh_token)).status).toBe(401);
    }
    expectProblem(await login(service, email, undefined, HOME), 401, 'auth.invalid-credentials');

    const { variables } = await mails.mailed(email, 'password_reset');
    const reset = { token: variables.token, password: NEXT };
    expect((await service.post('/auth/password/reset', reset, HOME)).status).toBe(204);
    expect((await login(service, email, NEXT, HOME)).status).toBe(200);
    const audit = await service.database.query(
      `SELECT FROM audit_log WHERE target_id = $1 AND action = 'auth.sign-in-disowned'`,
      [id],
    );
    expect(audit).toHaveLength(1);
  });

  it('forgets sources and device tokens: neither lets a guesser in while others guess', async () => {
    const { email, away, token } = await abroad();
    await notMe(token);
    const { variables } = await mails.mailed(email, 'password_reset');
    const reset = { token: variables.token, password: NEXT };
    expect((await service.post('/auth/password/reset', reset, HOME)).status).toBe(204);
    for (let index = 0; index < 3; index += 1)
      await login(service, email, 'wrong-password-here', { 'x-forwarded-for': `192.0.2.${index}` });
    const device = { 'x-device-token': away.device_token };
    expect((await login(service, email, NEXT, ABROAD)).status).toBe(401);
    expect((await login(service, email, NEXT, { ...PHONE, ...ABROAD, ...device })).status).toBe(
      401,
    );
    const home = await login(service, email, NEXT, HOME);
    expect(home.status).toBe(200);
    // A device token of the new generation does.
    const owner = { ...ABROAD, 'x-device-token': home.body.device_token };
    expect((await login(service, email, NEXT, owner)).status).toBe(200);
  });

  it('works once, within seven days', async () => {
    const { id, token } = await abroad();
    const [row] = await service.database.query<{ days: number }>(
      `SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days
         FROM mailed_tokens WHERE user_id = $1 AND purpose = 'not_me'`,
      [id],
    );
    expect(row?.days).toBe(7);
    expect((await notMe(token)).status).toBe(204);
    expectProblem(await notMe(token), 400, 'auth.invalid-token');
  });

  it('refuses expired and unknown tokens, and tokens of other purposes; its own opens nothing else', async () => {
    const { id, email, home, token } = await abroad();
    const { variables } = await mails.mailed(email, 'welcome');
    for (const other of ['unknown', variables.token])
      expectProblem(await notMe(other), 400, 'auth.invalid-token');
    expect((await service.post('/auth/password/reset', { token, password: NEXT })).status).toBe(
      400,
    );
    expect((await service.post('/auth/verify-email', { token })).status).toBe(400);
    await service.database.query('UPDATE mailed_tokens SET expires_at = now() WHERE user_id = $1', [
      id,
    ]);
    expectProblem(await notMe(token), 400, 'auth.invalid-token');
    expect((await me(service, home.access_token)).status).toBe(200);
  });
});
