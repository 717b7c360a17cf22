import { login } from '../support/accounts.js';
import { loginFactor, loginToken, mailsTo, userWithApp } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

const WRONG = '000000';
const CALLERS = 64;
const ALL = 20;
/** Seconds: longer than any test. */
const HOLD = 100;
let mails: MailService;
let one: Api;
let two: Api;

beforeAll(async () => {
  mails = await startMailService();
  const description = testApi()
    .withMails(mails)
    .with({ TRUST_PROXY: '1', LOCKOUT_ACCOUNT_THRESHOLD: String(ALL) });
  one = await description.start();
  two = await description.on(one.database).start();
});

afterAll(async () => {
  await two?.stop();
  await one?.stop();
  await mails?.stop();
});

type User = Awaited<ReturnType<typeof userWithApp>>;

const from = (address: string) => ({ 'x-forwarded-for': address });

/** Wrong codes with a token each, from an address. */
async function guess({ email }: User, times: number, headers: Record<string, string>) {
  for (let left = times; left > 0; left -= 5) {
    const token = await loginToken(one, email, headers);
    for (const _try of Array.from({ length: Math.min(left, 5) }))
      await loginFactor(one, token, { code: WRONG });
  }
}

async function signIn(user: User, headers: Record<string, string>): Promise<number> {
  const { status, body } = await login<{ login_token: string }>(
    one,
    user.email,
    undefined,
    headers,
  );
  if (!('login_token' in body)) return status;
  return (await loginFactor(one, body.login_token, { code: await user.freshCode() })).status;
}

/** A negative number keeps delays from ending under the test. */
const age = (seconds: number) =>
  one.database.query(
    `UPDATE sign_in_failures SET first_at = first_at - make_interval(secs => $1),
                                 last_at = last_at - make_interval(secs => $1)`,
    [seconds],
  );

const sendAll = (token: string, proof: object) =>
  Promise.all(
    Array.from({ length: CALLERS }, (_, caller) =>
      loginFactor(caller % 2 === 0 ? one : two, token, proof),
    ),
  );

describe('many callers at once on two replicas', () => {
  it('have five guesses with one login token', async () => {
    const user = await userWithApp(one);
    const answers = await sendAll(await loginToken(one, user.email), { code: WRONG });
    const counts = Object.groupBy(answers, ({ status }) => status);
    expect([counts[401]?.length, counts[400]?.length]).toEqual([5, CALLERS - 5]);
  });
});

describe('wrong factors', () => {
  it('delay the source that holds the password, wherever the codes come from', async () => {
    const user = await userWithApp(one);
    await guess(user, 10, from('198.51.100.1'));
    await age(-HOLD);
    const held = await login(one, user.email, undefined, from('198.51.100.1'));
    expect(held.status).toBe(401);
    expect(held.body).toMatchObject({ code: 'auth.invalid-credentials' });
    expect(await signIn(user, from('198.51.100.2'))).toBe(200);
  });

  it('are not checked while the source is held off: the right code is refused alike', async () => {
    const user = await userWithApp(one);
    const token = await loginToken(one, user.email, from('198.51.100.3'));
    await guess(user, 10, from('198.51.100.3'));
    await age(-HOLD);
    const answer = await loginFactor(one, token, { code: await user.freshCode() });
    expectProblem(answer, 401, 'auth.invalid-credentials');
    const audit = await one.database.query<{ reason: string }>(
      `SELECT details ->> 'reason' AS reason FROM audit_log
        WHERE action = 'auth.factor-refused' AND target_id = $1 ORDER BY id DESC LIMIT 2`,
      [user.id],
    );
    expect(audit.map(({ reason }) => reason)).toEqual(['locked', 'wrong']);
  });

  it('from many sources stop all that never signed in with a factor, and the owner gets one mail', async () => {
    const user = await userWithApp(one);
    const known = await loginFactor(one, await loginToken(one, user.email, from('203.0.113.1')), {
      code: await user.freshCode(),
    });
    for (let source = 0; source * 5 < ALL - 1; source += 1)
      await guess(user, Math.min(5, ALL - 1 - source * 5), from(`198.18.1.${source}`));
    expect(await mailsTo(one.database, user.id, 'factor_guessed')).toBe(0);
    await guess(user, 1, from('198.18.2.1'));
    await waitFor(
      'the mail',
      async () => (await mailsTo(one.database, user.id, 'factor_guessed')) === 1,
    );
    expect(await signIn(user, from('198.18.3.1'))).toBe(401);
    expect(await signIn(user, from('203.0.113.1'))).toBe(200);
    const device = { 'x-device-token': known.body.device_token };
    expect(await signIn(user, { ...from('198.18.3.2'), ...device })).toBe(200);
    await guess(user, 3, from('203.0.113.1'));
    const rows = await one.database.query(
      `SELECT count(*)::int AS count FROM pgboss.job WHERE data -> 'payload' ->> 'user_id' = $1
          AND data -> 'payload' ->> 'template' = 'factor_guessed'`,
      [user.id],
    );
    expect(rows).toEqual([{ count: 1 }]);
    await age(3601);
    expect(await signIn(user, from('198.18.3.3'))).toBe(200);
  });

  it('cannot be caused, and their count not be reached, without the password', async () => {
    const user = await userWithApp(one);
    for (const _guess of Array.from({ length: ALL + 1 }))
      await login(one, user.email, 'wrong', from('198.18.4.1'));
    expect(await mailsTo(one.database, user.id, 'factor_guessed')).toBe(0);
    expect(await signIn(user, from('127.0.0.1'))).toBe(200);
  });
});

describe('a password reset', () => {
  it('removes no factor, makes no source known, and forgives no wrong factors', async () => {
    const user = await userWithApp(one);
    for (let source = 0; source * 5 < ALL; source += 1)
      await guess(user, 5, from(`198.18.5.${source}`));
    const stranger = from('198.18.6.1');
    await one.post('/auth/password/forgot', { email: user.email });
    const { variables } = await mails.mailed(user.email, 'password_reset');
    const password = 'another-long-passphrase';
    const reset = await one.post(
      '/auth/password/reset',
      { token: variables.token, password },
      stranger,
    );
    expect(reset.status).toBe(204);
    expect((await login(one, user.email, password, stranger)).status).toBe(401);
    const asked = await login(one, user.email, password, from('127.0.0.1'));
    expect(asked.body).toMatchObject({ code: 'auth.factor-required' });
  });
});
