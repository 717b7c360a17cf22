import { randomBytes } from 'node:crypto';

import { createUser, login, PASSWORD } from '../support/accounts.js';
import { sized } from '../support/drill-length.js';
import { type FactorRequired, loginFactor, userWithApp } from '../support/factors.js';
import { figure } from '../support/figure.js';
import { type Api, testApi } from '../support/test-api.js';

type Headers = Readonly<Record<string, string>>;

const GUESSES = sized(120, 10_000);
const SOURCES = sized(20, 200);
/** Guesses in flight: enough to keep both threads busy, and not enough to be refused as overload. */
const AT_ONCE = 8;
const HOME = '203.0.113.5';
const AWAY = '203.0.113.77';
/** The long drill has the defaults. */
const thresholds = sized<Headers>({ LOCKOUT_THRESHOLD: '2', LOCKOUT_ACCOUNT_THRESHOLD: '10' }, {});
const PATIENT_MS = sized(120_000, 1_800_000);
let api: Api;

beforeAll(async () => {
  api = await testApi()
    .withMails('log')
    .with({ TRUST_PROXY: '1', ...thresholds })
    .start();
});

afterAll(() => api?.stop());

const from = (address: string) => ({ 'x-forwarded-for': address });
const stranger = (number: number) => from(`198.18.${number % SOURCES}.1`);

interface Owner {
  readonly email: string;
  /** Signs in by all that the account needs. */
  readonly signIn: (headers: Headers) => Promise<{ status: number; device: string }>;
}

async function withPassword(): Promise<Owner> {
  const { email } = await createUser(api);
  return {
    email,
    signIn: async (headers) => {
      const { status, body } = await login(api, email, PASSWORD, headers);
      return { status, device: body.device_token };
    },
  };
}

async function withFactor(): Promise<Owner> {
  const { email, freshCode } = await userWithApp(api);
  return {
    email,
    signIn: async (headers) => {
      const { body: asked } = await login<FactorRequired>(api, email, PASSWORD, headers);
      const code = await freshCode();
      const { status, body } = await loginFactor(api, asked.login_token ?? '?', { code });
      return { status, device: body.device_token };
    },
  };
}

/** Guesses of an account's password, and of a login token that its owner may have. */
async function guess(email: string, number: number): Promise<number> {
  const headers = stranger(number);
  const invented = randomBytes(32).toString('base64url');
  const answers = await Promise.all([
    login(api, email, `wrong-password-${number}`, headers),
    loginFactor(api, invented, { code: '000000' }, headers),
  ]);
  return Math.max(...answers.map(({ status }) => status));
}

/** All guesses. @returns the statuses they were answered with. */
async function attack(email: string): Promise<Set<number>> {
  const numbers = Array.from({ length: GUESSES }, (_, number) => number).values();
  const statuses = new Set<number>();
  const guesser = async () => {
    for (const number of numbers) statuses.add(await guess(email, number));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, guesser));
  return statuses;
}

/** Whether a promise has a result by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

describe(`while strangers send ${GUESSES} wrong guesses from ${SOURCES} addresses`, () => {
  it.each([
    ['a password', withPassword],
    ['a password and a second factor', withFactor],
  ])(
    'the owner of an account with %s signs in each time',
    async (_what, create) => {
      const { email, signIn } = await create();
      const { device } = await signIn(from(HOME));
      const ways: Headers[] = [
        from(HOME),
        { ...from(AWAY), 'x-device-token': device },
        // Even where guesses come from.
        { ...stranger(0), 'x-device-token': device },
      ];
      const attacked = attack(email);
      const signIns: number[] = [];
      do {
        for (const way of ways) signIns.push((await signIn(way)).status);
      } while (!(await isSettled(attacked)));
      for (const way of ways) signIns.push((await signIn(way)).status);
      figure(`${GUESSES} guesses of an account: its owner signed in ${signIns.length} times`);
      expect(new Set(signIns)).toEqual(new Set([200]));
      expect(await attacked).not.toContain(200);
      // The guesses were counted: where nobody has signed in, the right password is refused.
      expect((await login(api, email, PASSWORD, from('192.0.2.1'))).status).toBe(401);
      expect((await signIn(from('192.0.2.1'))).status).not.toBe(200);
    },
    PATIENT_MS,
  );
});
