import { me, type Tokens } from '../support/accounts.js';
import type { Answer } from '../support/caller.js';
import { factorAudit, loginFactor, loginToken, userWithApp } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';

const WRONG = '000000';
const CALLERS = 64;
/** More than the wrong ones that a session or a login token survives. */
const REPEATS = 6;
let api: Api;

beforeAll(async () => {
  api = await testApi().start();
});

afterAll(() => api?.stop());

type User = Awaited<ReturnType<typeof userWithApp>>;
type Send = (proof: object) => Promise<Answer<Tokens>>;

const stepUp =
  ({ tokens }: User): Send =>
  (proof) =>
    api.as(tokens.access_token).post('/auth/step-up', proof);

async function login({ email }: User): Promise<Send> {
  const token = await loginToken(api, email);
  return (proof) => loginFactor(api, token, proof);
}

const proofs = [
  ['code', async ({ freshCode }: User) => ({ code: await freshCode() })],
  ['recovery code', async ({ recoveryCodes: [code] }: User) => ({ recovery_code: code })],
] as const;

async function repeat(send: Send, proof: object): Promise<void> {
  for (const _time of Array.from({ length: REPEATS }))
    expectProblem(await send(proof), 401, 'auth.invalid-credentials');
}

const failuresOf = async ({ id }: User) =>
  api.database.query(
    `SELECT origin FROM sign_in_failures f JOIN users u ON f.account = sha256(lower(u.email)::bytea)
      WHERE u.id = $1`,
    [id],
  );

describe.each(proofs)('a %s that was right before', (_type, proofOf) => {
  it('is refused at a step-up, and ends no session', async () => {
    const user = await userWithApp(api);
    const proof = await proofOf(user);
    const send = stepUp(user);
    expect((await send(proof)).status).toBe(200);
    await repeat(send, proof);
    expect((await me(api, user.tokens.access_token)).status).toBe(200);
    // It forgives no wrong one either.
    for (const _time of Array.from({ length: 4 })) await send({ code: WRONG });
    await send(proof);
    await send({ code: WRONG });
    expectProblem(await me(api, user.tokens.access_token), 401, 'auth.unauthenticated');
  });

  it('is refused at sign-in, and neither ends the login token nor counts in the lockout', async () => {
    const user = await userWithApp(api);
    const proof = await proofOf(user);
    const first = await login(user);
    expect((await first(proof)).status).toBe(200);
    const second = await login(user);
    await repeat(second, proof);
    expect(await failuresOf(user)).toEqual([]);
    expect(await factorAudit(api.database, user.id)).toContainEqual(
      expect.objectContaining({
        action: 'auth.factor-refused',
        details: { reason: 'replayed', device: false },
      }),
    );
    expect((await second({ recovery_code: user.recoveryCodes[1] })).status).toBe(200);
  });

  it('raises a session once, however many send it at the same moment, and the session goes on', async () => {
    const user = await userWithApp(api);
    const proof = await proofOf(user);
    const send = stepUp(user);
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => send(proof)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(CALLERS - 1);
    expect((await me(api, user.tokens.access_token)).status).toBe(200);
  });
});
