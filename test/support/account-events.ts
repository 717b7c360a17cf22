import { randomUUID } from 'node:crypto';

import type { Authenticator } from './authenticator.js';
import { createUser, login, PASSWORD, refresh, type Tokens } from './accounts.js';
import type { Caller } from './caller.js';
import { runCommand } from './warm-process.js';
import { type FactorRequired, loginFactor, loginToken, userWithApp } from './factors.js';
import { claimsOf } from './forged-tokens.js';
import type { MailService } from './mail-service.js';
import {
  addPasskey,
  factorOptions,
  loginPasskey,
  stepUpOptions,
  userWithPasskey,
} from './passkeys.js';
import type { Api } from './test-api.js';

const NEXT = 'another-long-passphrase';

/** Two replicas of one database: the second one has only the keys that replace those of the first. */
export interface Replicas {
  readonly old: Api;
  readonly replaced: Api;
  readonly mails: MailService;
  /** `DATA_KEY` of the command that encrypts with the new key. */
  readonly dataKeys: string;
}

/** Where a factor is asked for: at a sign-in, or in a session. */
type Asking = { readonly loginToken: string } | { readonly session: Caller };

/** Makes a fresh proof of a factor. */
type Prover = (api: Caller, asking: Asking) => Promise<object>;

/** An account with an open session. What events change is replaced. */
export interface Account {
  readonly id: string;
  email: string;
  password: string;
  readonly tokens: Tokens;
  readonly factors: ReadonlyMap<string, Prover>;
  readonly passkey?: Authenticator;
  /** What `factor removed` removes: of several, the authenticator app. */
  readonly removable: string;
  readonly recoveryCode: string;
}

/** Accounts by the factors that they have. */
export const accounts: Readonly<Record<string, (replicas: Replicas) => Promise<Account>>> = {
  none: async ({ old }) => {
    const user = await createUser(old);
    const { body: tokens } = await login(old, user.email);
    const rest = { removable: randomUUID(), recoveryCode: 'K7QF-0A1B-XYZ2-9MNS' };
    return { ...user, password: PASSWORD, tokens, factors: new Map(), ...rest };
  },
  totp: async ({ old }) => {
    const { appId, freshCode, ...user } = await userWithApp(old);
    const factors = new Map([['totp', codeOf(freshCode)]]);
    return opened(old, { ...user, factors, removable: appId });
  },
  passkey: async ({ old }) => {
    const { passkeyId, passkey, ...user } = await userWithPasskey(old);
    const factors = new Map([['passkey', answerOf(passkey)]]);
    return opened(old, { ...user, factors, passkey, removable: passkeyId });
  },
  both: async ({ old }) => {
    const { appId, freshCode, ...user } = await userWithApp(old);
    const token = await loginToken(old, user.email);
    const { body } = await loginFactor(old, token, { code: await freshCode() });
    const { passkey } = await addPasskey(old.as(body.access_token), user.id);
    const factors = new Map([
      ['totp', codeOf(freshCode)],
      ['passkey', answerOf(passkey)],
    ]);
    return opened(old, { ...user, factors, passkey, removable: appId });
  },
};

/** Opens the session of an account, by its first factor. */
async function opened(
  api: Caller,
  account: Omit<Account, 'tokens' | 'password' | 'recoveryCode'> & {
    readonly recoveryCodes: readonly string[];
  },
): Promise<Account> {
  const { recoveryCodes, ...rest } = account;
  const closed = { ...rest, password: PASSWORD, recoveryCode: recoveryCodes[0] ?? '' };
  const { tokens } = await signInByPassword(api, closed);
  if (tokens === undefined) throw new Error('the account cannot sign in');
  return { ...closed, tokens };
}

const codeOf =
  (freshCode: () => Promise<string>): Prover =>
  async () => ({ code: await freshCode() });

const answerOf =
  (passkey: Authenticator): Prover =>
  async (api, asking) => {
    const options =
      'session' in asking
        ? await stepUpOptions(asking.session)
        : await factorOptions(api, asking.loginToken);
    return { challenge_id: options.challenge_id, passkey: passkey.signIn(options) };
  };

type Event = (replicas: Replicas, account: Account) => Promise<unknown>;

/** What can happen to an account, by the name in docs/security.md. */
export const events: Readonly<Record<string, Event>> = {
  'the password is reset': async ({ old, mails }, account) => {
    await old.post('/auth/password/forgot', { email: account.email });
    const { token } = (await mails.mailed(account.email, 'password_reset')).variables;
    await old.post('/auth/password/reset', { token, password: NEXT });
    account.password = NEXT;
  },
  'the account is suspended': ({ old }, { id }) =>
    old.as('service').patch(`/users/${id}`, { status: 'suspended' }),
  'its address is changed': async ({ old }, account) => {
    account.email = `new-${account.email}`;
    const change = { email: account.email, current_password: account.password };
    await old.as(account).patch(`/users/${account.id}`, change);
  },
  'a factor is removed': ({ old }, account) =>
    old.as(account).delete(`/users/${account.id}/factors/${account.removable}`),
  'a recovery code is used': ({ old }, account) =>
    old.as(account).post('/auth/step-up', { recovery_code: account.recoveryCode }),
  'the keys of the service are replaced': ({ old, dataKeys }) =>
    runCommand(['data-key', 'rotate'], { DATABASE_URL: old.database.url, DATA_KEY: dataKeys }),
};

/** The replica that shows what an event did. */
export function observer({ old, replaced }: Replicas, event: string): Api {
  return event === 'the keys of the service are replaced' ? replaced : old;
}

/** Signs in by all ways that the account has. @returns what was asked for. */
export async function signIn(
  api: Caller,
  account: Account,
): Promise<{ asked: string; tokens?: Tokens }> {
  const { passkey } = account;
  const alone = passkey !== undefined && (await loginPasskey(api, passkey)).status === 200;
  const { asked, ...rest } = await signInByPassword(api, account);
  return { asked: alone ? `passkey; or ${asked}` : asked, ...rest };
}

async function signInByPassword(
  api: Caller,
  { email, password, factors }: Pick<Account, 'email' | 'password' | 'factors'>,
): Promise<{ asked: string; tokens?: Tokens }> {
  const first = await login<Tokens & FactorRequired>(api, email, password);
  if (first.status === 200) return { asked: 'password', tokens: first.body };
  if (first.body.code !== 'auth.factor-required') return { asked: 'refused' };
  const { login_token: token, factors: types } = first.body;
  const known = [...factors.keys()].filter((type) => types.includes(type));
  const proof = await factors.get(known[0] ?? '')?.(api, { loginToken: token });
  const second = await loginFactor(api, token, proof ?? {});
  const asked = `password, then ${known.join(' or ')}`;
  return second.status === 200 ? { asked, tokens: second.body } : { asked: 'refused' };
}

/** Which proofs raise a session of the account whose sign-in is long ago. */
export async function stepUp(api: Api, account: Account, tokens?: Tokens): Promise<string> {
  if (tokens === undefined) return '–';
  await api.database.query(
    `UPDATE sessions SET auth_time = now() - interval '1 day' WHERE user_id = $1`,
    [account.id],
  );
  const caller = api.as(tokens.access_token);
  const { body } = await caller.post(`/users/${account.id}/factors/recovery-codes`);
  if (body['code'] !== 'auth.step-up-required') return 'not asked for';
  const raises: string[] = [];
  for (const [type, proof] of account.factors)
    if ((await caller.post('/auth/step-up', await proof(api, { session: caller }))).status === 200)
      raises.push(type);
  return `by ${raises.join(' or ')}`;
}

/** What has become of a session that was open before. */
export async function openSession(api: Api, { tokens }: Account): Promise<string> {
  const seen = await levelOf(api, tokens.access_token);
  if (seen === claimsOf(tokens.access_token)['acr']) return 'stays';
  if (seen !== undefined) return `falls to ${seen}`;
  const { status } = await refresh(api, tokens.refresh_token);
  return status === 200 ? 'stays, with its next access token' : 'ends';
}

async function levelOf(api: Api, accessToken: string): Promise<string | undefined> {
  const { body } = await api
    .as(accessToken)
    .get<{ items?: { acr: string; current: boolean }[] }>('/auth/sessions');
  return body.items?.find(({ current }) => current)?.acr;
}
