import { PASSWORD, type Tokens } from './accounts.js';
import { Authenticator, type Misbehaviour } from './authenticator.js';
import type { Answer, Caller, RequestOptions as Sending } from './caller.js';
import { type Factor, verifiedUser } from './factors.js';
import type { Api } from './test-api.js';

/** Where the pages of the tests are. The service listens elsewhere, which it cannot tell beforehand. */
export const PAGES = 'https://accounts.example.com';

/** Settings of an API that the helpers below fit. */
export const PASSKEY_SETTINGS = { WEBAUTHN_RP_ID: 'example.com', WEBAUTHN_ORIGINS: PAGES };

/** What a browser is given to make a passkey. */
export interface CreationOptions {
  challenge_id: string;
  options: {
    challenge: string;
    rp: { id: string; name: string };
    user: { id: string; name: string; displayName: string };
    excludeCredentials: { id: string }[];
  };
}

/** What a browser is given to use one. */
export interface RequestOptions {
  challenge_id: string;
  options: { challenge: string; rpId: string; allowCredentials: { id: string }[] };
}

/** A factor with the codes that come with the first. */
export type AddedPasskey = Factor & { recovery_codes?: string[] };

/** A user with a passkey and recovery codes; the API has `PASSKEY_SETTINGS`. */
export async function userWithPasskey(api: Api) {
  const user = await verifiedUser(api, api.database);
  const { passkey, body } = await addPasskey(api.as(user), user.id);
  return {
    ...user,
    passkey,
    passkeyId: body.id,
    recoveryCodes: body.recovery_codes ?? [],
    /** The fields that prove it, as second factor or step-up. */
    proofFor: (options: RequestOptions, wrong?: Misbehaviour) => ({
      challenge_id: options.challenge_id,
      passkey: passkey.signIn(options, wrong),
    }),
  };
}

/** Adds a passkey, by the password unless the session proved a factor. */
export async function addPasskey(
  caller: Caller,
  userId: string,
  { passkey = new Authenticator(PAGES), name }: { passkey?: Authenticator; name?: string } = {},
): Promise<Answer<AddedPasskey> & { passkey: Authenticator }> {
  const { body: options } = await creationOptions(caller, userId);
  const response = passkey.register(options);
  const answer = await registerPasskey(caller, userId, options, response, name);
  return { ...answer, passkey };
}

export function registerPasskey(
  caller: Caller,
  userId: string,
  { challenge_id }: CreationOptions,
  response: object,
  name?: string,
): Promise<Answer<AddedPasskey>> {
  return caller.post(`/users/${userId}/factors/passkeys`, {
    challenge_id,
    response,
    ...(name !== undefined && { name }),
  });
}

export function creationOptions(
  caller: Caller,
  userId: string,
  body: object = { current_password: PASSWORD },
): Promise<Answer<CreationOptions>> {
  return caller.post(`/users/${userId}/factors/passkeys/options`, body);
}

/** Options for a sign-in by passkey alone. */
export async function signInOptions(api: Caller): Promise<RequestOptions> {
  return (await api.post<RequestOptions>('/auth/passkey/options')).body;
}

/** Signs in by a passkey alone. */
export async function loginPasskey(
  api: Caller,
  passkey: Authenticator,
  wrong?: Misbehaviour,
  headers?: Sending['headers'],
): Promise<Answer<Tokens>> {
  const options = await signInOptions(api);
  return answerPasskey(api, options.challenge_id, passkey.signIn(options, wrong), headers);
}

export function answerPasskey(
  api: Caller,
  challengeId: string,
  response: object,
  headers?: Sending['headers'],
): Promise<Answer<Tokens>> {
  return api.post('/auth/passkey', { challenge_id: challengeId, response }, headers);
}

/** Options for a passkey as second factor. */
export async function factorOptions(api: Caller, loginToken: string): Promise<RequestOptions> {
  const path = '/auth/login/factor/options';
  return (await api.post<RequestOptions>(path, { login_token: loginToken })).body;
}

/** Options for a passkey in the session of the caller. */
export async function stepUpOptions(caller: Caller): Promise<RequestOptions> {
  return (await caller.post<RequestOptions>('/auth/step-up/options')).body;
}
