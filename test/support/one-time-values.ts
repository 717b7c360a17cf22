import { generate } from 'otplib';

import { createUser, login, PASSWORD, refresh, signedIn, type Tokens } from './accounts.js';
import { Authenticator } from './authenticator.js';
import type { Answer, Caller } from './caller.js';
import { loginFactor, loginToken, userWithApp, verifiedUser } from './factors.js';
import { newPerson, throughProvider } from './identities.js';
import { accept, invite, mailedToken } from './invitations.js';
import type { MailService } from './mail-service.js';
import type { OidcServer } from './oidc-server.js';
import {
  answerPasskey,
  creationOptions,
  PAGES,
  PASSKEY_SETTINGS,
  registerPasskey,
  signInOptions,
  userWithPasskey,
} from './passkeys.js';
import type { Api } from './test-api.js';

/** Wrong factors that end a login token. */
const TRIES = 5;
const NEXT = 'another-long-passphrase';

/** Settings of the API for all of them. */
export const settingsFor = (provider: OidcServer) => ({
  ...PASSKEY_SETTINGS,
  PUBLIC_URL: 'https://app.example.com',
  OIDC_PROVIDERS: JSON.stringify([provider.settings('mock')]),
});

/** Where values are made. */
export interface World {
  readonly api: Api;
  readonly mails: MailService;
  readonly provider: OidcServer;
  /** How many callers will try to use each. */
  readonly callers: number;
}

/** An attempt of a caller, by its number, to use a value on a replica. */
export type Use = (replica: Caller, caller: number) => Promise<Answer<object>>;

/** A kind of value that works once. */
export interface OneTimeValue {
  readonly name: string;
  /** Makes a new one. */
  readonly make: (world: World) => Promise<Use>;
  /** How often it worked; by default the number of successful answers. */
  readonly uses?: (successes: readonly Answer<object>[]) => number;
}

/** Login tokens for all callers: each allows some tries. */
function loginTokens({ api, callers }: World, email: string): Promise<string[]> {
  const count = Math.ceil(callers / TRIES);
  return Promise.all(Array.from({ length: count }, () => loginToken(api, email)));
}

/** All callers present one second factor, each with a login token that has tries left. */
async function factorAtSignIn(world: World, email: string, proof: object): Promise<Use> {
  const tokens = await loginTokens(world, email);
  return (replica, caller) => loginFactor(replica, tokens[caller % tokens.length] ?? '', proof);
}

const verification =
  (token: string): Use =>
  (replica) =>
    replica.post('/auth/verify-email', { token });

const reset =
  (token: string): Use =>
  (replica) =>
    replica.post('/auth/password/reset', { token, password: NEXT });

/** All values that work once. */
export const oneTimeValues: readonly OneTimeValue[] = [
  {
    name: 'a code of an authenticator app',
    make: async (world) => {
      const user = await userWithApp(world.api);
      return factorAtSignIn(world, user.email, { code: await user.freshCode() });
    },
  },
  {
    name: 'the first code of an authenticator app',
    make: async ({ api }) => {
      const user = await verifiedUser(api, api.database);
      const { body } = await user.start();
      const code = await generate({ secret: body.secret });
      const path = `/users/${user.id}/factors/totp/${body.id}/confirm`;
      return (replica) => replica.as(user).post(path, { code });
    },
  },
  {
    name: 'a recovery code',
    make: async (world) => {
      const { email, recoveryCodes } = await userWithApp(world.api);
      return factorAtSignIn(world, email, { recovery_code: recoveryCodes[0] });
    },
  },
  {
    name: 'a code of an authenticator app in one session',
    make: async ({ api }) => {
      const user = await userWithApp(api);
      const code = await user.freshCode();
      return (replica) => replica.as(user.tokens.access_token).post('/auth/step-up', { code });
    },
  },
  {
    name: 'a recovery code in one session',
    make: async ({ api }) => {
      const user = await userWithApp(api);
      const proof = { recovery_code: user.recoveryCodes[0] };
      return (replica) => replica.as(user.tokens.access_token).post('/auth/step-up', proof);
    },
  },
  {
    name: 'a login token, though callers have right codes of their own',
    make: async ({ api }) => {
      const { email, recoveryCodes } = await userWithApp(api);
      const token = await loginToken(api, email);
      return (replica, caller) =>
        loginFactor(replica, token, { recovery_code: recoveryCodes[caller % 10] });
    },
  },
  {
    name: 'the challenge of a sign-in by passkey',
    make: async ({ api }) => {
      const { passkey } = await userWithPasskey(api);
      const options = await signInOptions(api);
      const response = passkey.signIn(options);
      return (replica) => answerPasskey(replica, options.challenge_id, response);
    },
  },
  {
    name: 'the challenge of a new passkey, though callers have authenticators of their own',
    make: async ({ api }) => {
      const user = await verifiedUser(api, api.database);
      const { body: options } = await creationOptions(api.as(user), user.id);
      return (replica) => {
        const response = new Authenticator(PAGES).register(options);
        return registerPasskey(replica.as(user), user.id, options, response);
      };
    },
  },
  {
    name: 'the token of a welcome mail that confirms the address',
    make: async ({ api, mails }) => {
      const { email } = await createUser(api);
      return verification((await mails.mailed(email, 'welcome')).variables.token);
    },
  },
  {
    name: 'the token of a welcome mail that sets the first password',
    make: async ({ api, mails }) => {
      const { email } = await createUser(api, { password: null });
      return reset((await mails.mailed(email, 'welcome')).variables.token);
    },
  },
  {
    name: 'the token of a changed address',
    make: async ({ api, mails }) => {
      const { id, email } = await createUser(api);
      await api.as('service').patch(`/users/${id}`, { email: `new-${email}` });
      return verification((await mails.mailed(`new-${email}`, 'verify_email')).variables.token);
    },
  },
  {
    name: 'the token of a password reset',
    make: async ({ api, mails }) => {
      const { email } = await createUser(api);
      await api.post('/auth/password/forgot', { email });
      return reset((await mails.mailed(email, 'password_reset')).variables.token);
    },
  },
  {
    name: 'the token of a mail about a new device',
    make: async ({ api, mails }) => {
      const { email } = await signedIn(api);
      await login(api, email, PASSWORD, { 'user-agent': 'another' });
      const { token } = (await mails.mailed(email, 'new_device')).variables;
      return (replica) => replica.post('/auth/not-me', { token });
    },
  },
  {
    name: 'an invitation',
    make: async ({ api, mails }) => {
      const token = await mailedToken(mails, await invite(api.as('service')));
      return (replica) => accept(replica, token);
    },
  },
  {
    name: 'a refresh token, which has one successor for all callers',
    make: async ({ api }) => {
      const { tokens } = await signedIn(api);
      return (replica) => refresh(replica, tokens.refresh_token);
    },
    uses: (successes) => new Set(successes.map(({ body }) => (body as Tokens).refresh_token)).size,
  },
  {
    name: 'the state of a sign-in through a provider',
    make: async ({ api, provider }) => {
      const way = throughProvider(provider);
      const { token, callback } = await way.begin(api, newPerson());
      return (replica) => way.exchange(replica, token, callback);
    },
  },
  {
    name: 'a link token',
    make: async ({ api, provider }) => {
      const { id, email } = await verifiedUser(api, api.database);
      const { body } = await throughProvider(provider).go(api, newPerson({ email }));
      const { body: tokens } = await login(api, email);
      const link = { link_token: body.link_token };
      return (replica) => replica.as(tokens.access_token).post(`/users/${id}/identities`, link);
    },
  },
];
