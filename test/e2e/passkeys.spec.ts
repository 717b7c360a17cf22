import { PASSWORD, signedIn } from '../support/accounts.js';
import { Authenticator, type Misbehaviour } from '../support/authenticator.js';
import { factorAudit, mailsTo, verifiedUser } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import {
  addPasskey,
  type CreationOptions,
  creationOptions,
  PAGES,
  PASSKEY_SETTINGS,
  registerPasskey,
  signInOptions,
  userWithPasskey,
} from '../support/passkeys.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

let api: Api;

beforeAll(async () => {
  api = await testApi()
    .with({ ...PASSKEY_SETTINGS, SERVICE_NAME: 'people' })
    .start();
});

afterAll(() => api?.stop());

const endChallenges = (userId: string) =>
  api.database.query('UPDATE passkey_challenges SET expires_at = now() WHERE user_id = $1', [
    userId,
  ]);

describe('the options for a new passkey', () => {
  it('ask for a discoverable one, with verification of the user and without attestation', async () => {
    const user = await verifiedUser(api, api.database);
    const { status, body, headers } = await creationOptions(api.as(user), user.id);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      rp: { id: 'example.com', name: 'people' },
      user: {
        id: Buffer.from(user.id.replaceAll('-', ''), 'hex').toString('base64url'),
        name: user.email,
        displayName: 'Ada',
      },
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 300_000,
      attestation: 'none',
      excludeCredentials: [],
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
    });
  });

  it('need a verified address and the current password', async () => {
    const unverified = await signedIn(api);
    const early = await creationOptions(api.as(unverified), unverified.id);
    expectProblem(early, 403, 'auth.email-unverified');
    const user = await verifiedUser(api, api.database);
    const [without, wrong] = [
      await creationOptions(api.as(user), user.id, {}),
      await creationOptions(api.as(user), user.id, { current_password: 'wrong' }),
    ];
    expectProblem(without, 400, 'request.invalid');
    expect(without.body).toMatchObject({ errors: [{ pointer: '/current_password' }] });
    expectProblem(wrong, 401, 'auth.invalid-credentials');
  });

  it('need no password of a user who has none and signed in lately', async () => {
    const user = await verifiedUser(api, api.database);
    await api.database.query('UPDATE users SET password_hash = NULL WHERE id = $1', [user.id]);
    expect((await creationOptions(api.as(user), user.id, {})).status).toBe(200);
    await api.database.query(
      `UPDATE sessions SET auth_time = now() - interval '1 hour' WHERE user_id = $1`,
      [user.id],
    );
    await waitFor('the session to be read again', async () => {
      const { body } = await creationOptions(api.as(user), user.id, {});
      return 'code' in body && body.code === 'auth.step-up-required';
    });
  });

  it('are for the user alone, and need a factor proved lately where there is one', async () => {
    const user = await userWithPasskey(api);
    const stranger = await verifiedUser(api, api.database);
    for (const other of [api.as(stranger), api.as('service')])
      expectProblem(await creationOptions(other, user.id), 403, 'auth.forbidden');
    expectProblem(await creationOptions(api.as(user), user.id), 401, 'auth.step-up-required');
    await user.stepUp(user.recoveryCodes[0]);
    const { body } = await creationOptions(api.as(user), user.id, {});
    const known = user.passkey.credentialId.toString('base64url');
    expect(body.options.excludeCredentials).toMatchObject([{ id: known, type: 'public-key' }]);
  });
});

describe('a passkey', () => {
  it('is a factor: the first comes with recovery codes, and its owner gets a mail', async () => {
    const user = await verifiedUser(api, api.database);
    const { status, body } = await addPasskey(api.as(user), user.id, { name: 'Phone' });
    expect(status).toBe(201);
    const { recovery_codes: codes, ...factor } = body;
    expect(codes).toHaveLength(10);
    expect(factor).toEqual({
      id: expect.any(String) as string,
      type: 'passkey',
      name: 'Phone',
      created_at: expect.any(String) as string,
      last_used_at: null,
    });
    expect(await user.list()).toMatchObject([factor, { type: 'recovery_codes', remaining: 10 }]);
    await user.stepUp(codes?.[0]);
    const second = await addPasskey(api.as(user), user.id);
    expect(second.body).not.toHaveProperty('recovery_codes');
    expect(await factorAudit(api.database, user.id)).toMatchObject([
      { action: 'auth.factor-added', details: { factor: factor.id, type: 'passkey' } },
      { action: 'auth.recovery-code-used' },
      { action: 'auth.factor-added' },
    ]);
    const mails = () => mailsTo(api.database, user.id, 'factor_added');
    await waitFor('the mails', async () => (await mails()) === 2);
  });

  it('is renamed and removed like other factors', async () => {
    const user = await userWithPasskey(api);
    await user.stepUp(user.recoveryCodes[0]);
    expect((await user.rename(user.passkeyId, 'Key')).body).toMatchObject({ name: 'Key' });
    expect((await user.remove(user.passkeyId)).status).toBe(204);
    expect(await user.list()).toEqual([]);
    expect(
      await api.database.query('SELECT * FROM passkeys WHERE factor_id = $1', [user.passkeyId]),
    ).toEqual([]);
  });

  it('is in the export of its user', async () => {
    const user = await userWithPasskey(api);
    const { body } = await api.as(user).get<{ passkeys: object[] }>(`/users/${user.id}/export`);
    expect(body.passkeys).toEqual([
      {
        id: user.passkeyId,
        credential_id: user.passkey.credentialId.toString('base64url'),
        public_key: expect.stringMatching(/^[\w-]{103}$/) as string,
        counter: '0',
        transports: ['internal'],
        rp_id: 'example.com',
      },
    ]);
  });

  it('is one of at most ten factors', async () => {
    const user = await userWithPasskey(api);
    await user.stepUp(user.recoveryCodes[0]);
    for (const _another of Array.from({ length: 9 })) await addPasskey(api.as(user), user.id);
    expectProblem(await addPasskey(api.as(user), user.id), 400, 'request.invalid');
  });

  it.each<[string, Misbehaviour]>([
    ['of another origin', { origin: 'https://accounts.example.com.evil.example' }],
    ['for another domain', { rpId: 'evil.example' }],
    ['without verification of the user', { verified: false }],
    ['to another challenge', { challenge: 'A'.repeat(43) }],
  ])('is not added by a response %s', async (_what, wrong) => {
    const user = await verifiedUser(api, api.database);
    const { body: options } = await creationOptions(api.as(user), user.id);
    const response = new Authenticator(PAGES).register(options, wrong);
    const answer = await registerPasskey(api.as(user), user.id, options, response);
    expectProblem(answer, 400, 'request.invalid');
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/response' }] });
    expect(await user.list()).toEqual([]);
  });

  it('is not added twice, not to another account either', async () => {
    const { passkey } = await userWithPasskey(api);
    const other = await verifiedUser(api, api.database);
    const answer = await addPasskey(api.as(other), other.id, { passkey });
    expectProblem(answer, 400, 'request.invalid');
    expect(await other.list()).toEqual([]);
  });

  it('is not added with a certificate, whose addresses would be fetched', async () => {
    const user = await verifiedUser(api, api.database);
    const { body: options } = await creationOptions(api.as(user), user.id);
    const response = new Authenticator(PAGES).register(options, { certificate: true });
    const answer = await registerPasskey(api.as(user), user.id, options, response);
    expectProblem(answer, 400, 'request.invalid');
  });
});

describe('the challenge for a new passkey', () => {
  const register = async (
    caller: Parameters<typeof registerPasskey>[0],
    userId: string,
    options: CreationOptions,
  ) => registerPasskey(caller, userId, options, new Authenticator(PAGES).register(options));

  it('works once, for five minutes', async () => {
    const user = await verifiedUser(api, api.database);
    const { body: options } = await creationOptions(api.as(user), user.id);
    expect((await register(api.as(user), user.id, options)).status).toBe(201);
    await user.stepUp((await user.renewCodes()).body.recovery_codes?.[0]);
    const other = await verifiedUser(api, api.database);
    const { body: late } = await creationOptions(api.as(other), other.id);
    await endChallenges(other.id);
    expectProblem(await register(api.as(other), other.id, late), 400, 'auth.invalid-token');
  });

  it('is good for nothing but its account, session and purpose', async () => {
    const [user, other] = [
      await verifiedUser(api, api.database),
      await verifiedUser(api, api.database),
    ];
    const { body: options } = await creationOptions(api.as(user), user.id);
    expectProblem(await register(api.as(other), other.id, options), 400, 'auth.invalid-token');
    const { body: again } = await api.post<{ access_token: string }>('/auth/login', {
      email: user.email,
      password: PASSWORD,
    });
    const session = api.as(again.access_token);
    expectProblem(await register(session, user.id, options), 400, 'auth.invalid-token');
    const signIn = await signInOptions(api);
    const mixed = { ...options, challenge_id: signIn.challenge_id };
    expectProblem(await register(api.as(user), user.id, mixed), 400, 'auth.invalid-token');
    expect((await register(api.as(user), user.id, options)).status).toBe(201);
  });
});
