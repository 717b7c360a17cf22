import { login } from '../support/accounts.js';
import { Authenticator, type Misbehaviour } from '../support/authenticator.js';
import { mailsTo, verifiedUser } from '../support/factors.js';
import { claimsOf } from '../support/forged-tokens.js';
import { expectProblem } from '../support/http.js';
import {
  addPasskey,
  answerPasskey,
  loginPasskey,
  PAGES,
  PASSKEY_SETTINGS,
  signInOptions,
  userWithPasskey,
} from '../support/passkeys.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

let api: Api;

beforeAll(async () => {
  api = await testApi()
    .with({ ...PASSKEY_SETTINGS, SUPERUSER_SECOND_FACTOR: 'required', LOCKOUT_THRESHOLD: '3' })
    .start();
});

afterAll(async () => {
  await api?.stop();
});

const auditOf = (userId: string, like = 'auth.passkey-%') =>
  api.database.query<{ action: string; details: object }>(
    'SELECT action, details FROM audit_log WHERE target_id = $1 AND action LIKE $2 ORDER BY id',
    [userId, like],
  );

const counted = async (line: string) => {
  const { text } = await api.get('/metrics');
  return Number(
    text
      .split('\n')
      .find((each) => each.startsWith(line))
      ?.split(' ')
      .at(-1),
  );
};

describe('a sign-in by passkey', () => {
  it('needs nothing else, and is aal2', async () => {
    const user = await userWithPasskey(api);
    const options = await signInOptions(api);
    expect(options.options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      rpId: 'example.com',
      allowCredentials: [],
      timeout: 300_000,
      userVerification: 'required',
    });
    const { status, body } = await loginPasskey(api, user.passkey);
    expect(status).toBe(200);
    expect(Object.keys(body)).toHaveLength(5);
    expect(claimsOf(body.access_token)).toMatchObject({
      sub: user.id,
      acr: 'aal2',
      amr: ['pop', 'user', 'mfa'],
    });
    const [passkey] = await user.list();
    expect(passkey?.last_used_at).toEqual(expect.any(String));
    const { body: sessions } = await api
      .as(body.access_token)
      .get<{ items: object[] }>('/auth/sessions');
    expect(sessions.items[0]).toMatchObject({ current: true, acr: 'aal2' });
  });

  it('mails the owner about a new device, and gives a token that makes it known', async () => {
    const user = await userWithPasskey(api);
    const strange = { 'user-agent': 'Strange' };
    const { body } = await loginPasskey(api, user.passkey, {}, strange);
    const mails = () => mailsTo(api.database, user.id, 'new_device');
    await waitFor('the mail', async () => (await mails()) === 1);
    const known = { 'user-agent': 'Other', 'x-device-token': body.device_token };
    expect((await loginPasskey(api, user.passkey, {}, known)).status).toBe(200);
    expect(await mails()).toBe(1);
  });

  it('is refused while suspended, and not while guesses of the password are held off', async () => {
    const user = await userWithPasskey(api);
    const { body } = await loginPasskey(api, user.passkey);
    for (const _guess of Array.from({ length: 3 })) await login(api, user.email, 'wrong');
    const device = { 'x-device-token': body.device_token };
    for (const headers of [{}, device])
      expect((await loginPasskey(api, user.passkey, {}, headers)).status).toBe(200);
    await api.as('service').patch(`/users/${user.id}`, { status: 'suspended' });
    const suspended = await loginPasskey(api, user.passkey, {}, device);
    expectProblem(suspended, 401, 'auth.invalid-credentials');
    expect(await auditOf(user.id)).toMatchObject([
      { action: 'auth.passkey-refused', details: { reason: 'suspended' } },
    ]);
  });

  it.each<[string, Misbehaviour]>([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of an origin below the domain that is not ours', { origin: 'https://other.example.com' }],
    ['for another domain', { rpId: 'evil.example' }],
    ['without verification of the user', { verified: false }],
    ['to another challenge', { challenge: 'A'.repeat(43) }],
    ['with the handle of another user', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['without a handle', { userHandle: undefined }],
    ['of an unknown passkey', { credentialId: Buffer.alloc(16) }],
    ['of a registration', { type: 'webauthn.create' }],
  ])('is refused for a response %s', async (_what, wrong) => {
    const user = await userWithPasskey(api);
    const refused = await loginPasskey(api, user.passkey, wrong);
    expectProblem(refused, 401, 'auth.invalid-credentials');
    expect((await loginPasskey(api, user.passkey)).status).toBe(200);
  });

  it('is refused with the key of another authenticator', async () => {
    const user = await userWithPasskey(api);
    const { credentialId } = user.passkey;
    const forger = new Authenticator(PAGES);
    const userHandle = Buffer.from(user.id.replaceAll('-', ''), 'hex').toString('base64url');
    const refused = await loginPasskey(api, forger, { credentialId, userHandle });
    expectProblem(refused, 401, 'auth.invalid-credentials');
    expect(await auditOf(user.id)).toEqual([]);
  });

  it('takes each challenge once, right or wrong, for five minutes', async () => {
    const { passkey } = await userWithPasskey(api);
    const options = await signInOptions(api);
    const response = passkey.signIn(options);
    expect((await answerPasskey(api, options.challenge_id, response)).status).toBe(200);
    expectProblem(
      await answerPasskey(api, options.challenge_id, response),
      400,
      'auth.invalid-token',
    );
    const late = await signInOptions(api);
    await api.database.query('UPDATE passkey_challenges SET expires_at = now() WHERE id = $1', [
      late.challenge_id,
    ]);
    const answer = await answerPasskey(api, late.challenge_id, passkey.signIn(late));
    expectProblem(answer, 400, 'auth.invalid-token');
  });

  it('refuses a counter that does not grow, whatever challenge it answers', async () => {
    const user = await verifiedUser(api, api.database);
    const passkey = new Authenticator(PAGES, 5);
    const { body: added } = await addPasskey(api.as(user), user.id, { passkey });
    expect((await loginPasskey(api, passkey)).status).toBe(200);
    for (const counter of [0, 5, 6])
      expectProblem(await loginPasskey(api, passkey, { counter }), 401, 'auth.invalid-credentials');
    expect((await loginPasskey(api, passkey, { counter: 7 })).status).toBe(200);
    const cloned = await auditOf(user.id, 'auth.passkey-cloned');
    expect(cloned).toEqual(
      Array.from({ length: 3 }, () => ({
        action: 'auth.passkey-cloned',
        details: { factor: added.id },
      })),
    );
  });

  it('is counted', async () => {
    const lines = [
      'sign_ins_total{method="passkey",result="succeeded",acr="aal2"}',
      'sign_ins_total{method="passkey",result="refused",acr="none"}',
      'factor_checks_total{type="passkey",result="accepted"}',
      'factor_checks_total{type="passkey",result="refused"}',
    ];
    const user = await userWithPasskey(api);
    const before = await Promise.all(lines.map(counted));
    await loginPasskey(api, user.passkey);
    await loginPasskey(api, user.passkey, { verified: false });
    expect(await Promise.all(lines.map(counted))).toEqual(before.map((value) => value + 1));
  });

  it('gives a superuser all rights, until the passkey is removed', async () => {
    const user = await userWithPasskey(api);
    await api.database.query(`UPDATE users SET role = 'superuser' WHERE id = $1`, [user.id]);
    const { body } = await loginPasskey(api, user.passkey);
    const session = api.as(body.access_token);
    expect((await session.get('/users')).status).toBe(200);
    expect((await session.delete(`/users/${user.id}/factors/${user.passkeyId}`)).status).toBe(204);
    expectProblem(await session.get('/users'), 401, 'auth.step-up-required');
    const [row] = await api.database.query(
      `SELECT acr, amr FROM sessions WHERE user_id = $1 ORDER BY id DESC LIMIT 1`,
      [user.id],
    );
    expect(row).toEqual({ acr: 'aal1', amr: ['pop', 'user'] });
  });
});
