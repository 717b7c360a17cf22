import { createUser, login } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import type { Answer } from '../support/caller.js';
import { type Api, testApi } from '../support/test-api.js';

/** Seconds: longer than any test. */
const HOLD = 100;
const WRONG = 'not-the-password-at-all';
let service: Api;

beforeAll(async () => {
  service = await testApi().with({ TRUST_PROXY: '1', LOCKOUT_ACCOUNT_THRESHOLD: '30' }).start();
});

afterAll(async () => {
  await service?.stop();
});

const from = (address: string) => ({ 'x-forwarded-for': address });

/** Wrong passwords from an address, some at a time. */
async function guess(email: string, times: number, address: string, at = 8): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < times) {
    const batch = Array.from({ length: Math.min(at, times - answers.length) }, () =>
      login<Record<string, unknown>>(service, email, WRONG, from(address)),
    );
    answers.push(...(await Promise.all(batch)));
  }
  return answers;
}

/** A sign-in that says no more than that the credentials are wrong. */
async function expectRefused(
  email: string,
  password: string | undefined,
  address: string,
): Promise<void> {
  const answer = await login(service, email, password, from(address));
  expectProblem(answer, 401, 'auth.invalid-credentials');
}

/** Makes all failures look older; a negative number keeps delays from ending under the test. */
async function age(seconds: number): Promise<void> {
  await service.database.query(
    `UPDATE sign_in_failures SET first_at = first_at - make_interval(secs => $1),
                                 last_at = last_at - make_interval(secs => $1)`,
    [seconds],
  );
}

describe('while one source sends 200 wrong passwords', () => {
  it('admits the owner from a known source, and from a new one with the device token', async () => {
    const { email } = await createUser(service);
    const first = await login(service, email, undefined, from('203.0.113.5'));
    expect(first.status).toBe(200);

    const attack = guess(email, 200, '198.51.100.7');
    for (let round = 0; round < 5; round += 1) {
      expect((await login(service, email, undefined, from('203.0.113.5'))).status).toBe(200);
      const elsewhere = await login(service, email, undefined, {
        ...from(`192.0.2.${round}`),
        'x-device-token': first.body.device_token,
      });
      expect(elsewhere.status).toBe(200);
    }
    expect(new Set((await attack).map(({ status }) => status))).toEqual(new Set([401]));
    // Nor does the right password help where so many were wrong.
    await expectRefused(email, undefined, '198.51.100.7');
  });
});

describe('one account and source', () => {
  it('is delayed from the threshold on, and reset by a success', async () => {
    const { email } = await createUser(service);
    const address = '198.51.100.20';
    await guess(email, 9, address, 1);
    await age(-HOLD);
    await expectRefused(email, WRONG, address);
    await age(-HOLD);
    await expectRefused(email, undefined, address);
    // Of the ten the last is HOLD away, and its delay one second.
    await age(HOLD + 1);
    expect((await login(service, email, undefined, from(address))).status).toBe(200);
    await guess(email, 9, address, 1);
    expect((await login(service, email, undefined, from(address))).status).toBe(200);
  });

  it('does not affect other sources or accounts', async () => {
    const { email } = await createUser(service);
    const { email: neighbour } = await createUser(service);
    await guess(email, 12, '2001:db8:0:1::1', 1);
    await age(-HOLD);
    const outcome = async (address: string, mail = email) =>
      (await login(service, mail, undefined, from(address))).status;
    expect(await outcome('2001:db8:0:1:ffff::2')).toBe(401);
    expect(await outcome('2001:db8:0:1:ffff::2', neighbour)).toBe(200);
    expect(await outcome('2001:db8:0:2::1')).toBe(200);
  });

  it('counts concurrent guesses', async () => {
    const { email } = await createUser(service);
    const address = '198.51.100.30';
    await guess(email, 10, address, 10);
    await age(-HOLD);
    await expectRefused(email, undefined, address);
  });

  it('admits concurrent sign-ins with the right password', async () => {
    const { email } = await createUser(service);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => login(service, email, undefined, from('198.51.100.31'))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('starts again after a window without a failure', async () => {
    const { email } = await createUser(service);
    const address = '198.51.100.40';
    await guess(email, 15, address, 1);
    await age(-HOLD);
    await expectRefused(email, undefined, address);
    await age(900 + HOLD);
    expect((await login(service, email, undefined, from(address))).status).toBe(200);
  });
});

describe('an account guessed from many sources', () => {
  it('admits only known sources and devices for the rest of the hour', async () => {
    const { email } = await createUser(service);
    const known = await login(service, email, undefined, from('203.0.113.9'));
    for (let index = 0; index < 30; index += 1)
      await login(service, email, WRONG, from(`198.18.${index}.1`));
    const outcome = async (address: string, headers = {}) =>
      (await login(service, email, undefined, { ...from(address), ...headers })).status;
    const device = { 'x-device-token': known.body.device_token };
    expect(await outcome('198.19.0.1')).toBe(401);
    expect(await outcome('198.19.0.1', { 'x-device-token': 'forged' })).toBe(401);
    expect(await outcome('198.19.0.1', device)).toBe(200);
    expect(await outcome('203.0.113.9')).toBe(200);
    expect(await outcome('198.19.0.2')).toBe(401);
    await age(3601);
    expect(await outcome('198.19.0.2')).toBe(200);
  });

  it('counts failures per device, and only for its account', async () => {
    const { email } = await createUser(service);
    const { email: other } = await createUser(service);
    const { body } = await login(service, email, undefined, from('203.0.113.10'));
    const headers = { ...from('198.19.1.1'), 'x-device-token': body.device_token };
    for (let index = 0; index < 10; index += 1) await login(service, email, WRONG, headers);
    await age(-HOLD);
    expectProblem(await login(service, email, undefined, headers), 401, 'auth.invalid-credentials');
    // Its failures are the device's, not those of the address it is at.
    expect((await login(service, email, undefined, from('198.19.1.1'))).status).toBe(200);
    await guess(other, 12, '198.19.1.2', 1);
    await age(-HOLD);
    const foreign = { ...from('198.19.1.2'), 'x-device-token': body.device_token };
    expectProblem(await login(service, other, undefined, foreign), 401, 'auth.invalid-credentials');
  });
});

describe('unknown, wrong, suspended and locked', () => {
  it('get the same answer except for ids and dates', async () => {
    const { email } = await createUser(service);
    const { email: suspended, id } = await createUser(service);
    const { email: passwordless } = await createUser(service, { password: null });
    await service.database.query(`UPDATE users SET status = 'suspended' WHERE id = $1`, [id]);
    const locked = await createUser(service);
    await guess(locked.email, 15, '198.51.100.50', 1);
    await age(-HOLD);
    const address = from('198.51.100.50');
    const answers = [
      await login<Record<string, unknown>>(service, 'nobody@example.com', WRONG, address),
      await login<Record<string, unknown>>(service, email, WRONG, address),
      await login<Record<string, unknown>>(service, suspended, undefined, address),
      await login<Record<string, unknown>>(service, passwordless, undefined, address),
      await login<Record<string, unknown>>(service, locked.email, undefined, address),
    ];
    const shown = answers.map(({ status, headers, body }) => ({
      status,
      headers: Object.fromEntries(
        [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
      ),
      body: { ...body, request_id: '', trace_id: '' },
    }));
    expect(shown[0]).toMatchObject({ status: 401, body: { code: 'auth.invalid-credentials' } });
    for (const answer of shown) expect(answer).toEqual(shown[0]);
    const reasons = await service.database.query<{ reason: string }>(
      `SELECT details ->> 'reason' AS reason FROM audit_log
        WHERE action = 'auth.password-refused' ORDER BY id DESC LIMIT 5`,
    );
    expect(reasons.map(({ reason }) => reason).toReversed()).toEqual([
      'unknown',
      'wrong',
      'suspended',
      'wrong',
      'locked',
    ]);
  });
});
