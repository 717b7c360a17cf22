import { createUser, PASSWORD, signedIn } from '../../support/accounts.js';
import { loginFactor, loginToken, userWithApp } from '../../support/factors.js';
import { accept, invite, mailedToken } from '../../support/invitations.js';
import { type Bench, type Kind, unknownToken } from './bench.js';

const NEXT = 'another-long-passphrase';

/** Login tokens that are not accepted. */
export async function loginTokenKinds({ api }: Bench): Promise<Kind[]> {
  const [used, expired, suspended] = [
    await userWithApp(api),
    await userWithApp(api),
    await userWithApp(api),
  ];
  const tokens = [];
  for (const { email } of [used, expired, suspended]) tokens.push(await loginToken(api, email));
  const [usedToken = '', expiredToken = '', suspendedToken = ''] = tokens;
  await loginFactor(api, usedToken, { code: await used.freshCode() });
  await api.database.query('UPDATE login_tokens SET expires_at = now() WHERE user_id = $1', [
    expired.id,
  ]);
  await api.as('service').patch(`/users/${suspended.id}`, { status: 'suspended' });
  const present = (token: string) => () => loginFactor(api, token, { code: '000000' });
  return [
    ['unknown', () => present(unknownToken())()],
    ['used', present(usedToken)],
    ['expired', present(expiredToken)],
    ['suspended', present(suspendedToken)],
  ];
}

/** Mailed tokens that are not accepted. @param path where they are presented, with what else. */
export async function mailedTokenKinds(
  { api, mails }: Bench,
  path: string,
  body: object = {},
): Promise<Kind[]> {
  const verify = (token: string) => api.post('/auth/verify-email', { token });
  const [used, expired, deleted] = [
    await createUser(api),
    await createUser(api),
    await createUser(api),
  ];
  const tokenOf = async (email: string) => (await mails.mailed(email, 'welcome')).variables.token;
  const [usedToken, expiredToken, deletedToken] = [
    await tokenOf(used.email),
    await tokenOf(expired.email),
    await tokenOf(deleted.email),
  ];
  await verify(usedToken);
  await api.database.query('UPDATE mailed_tokens SET expires_at = now() WHERE user_id = $1', [
    expired.id,
  ]);
  await api.as('service').delete(`/users/${deleted.id}`);
  const present = (token: string) => () => api.post(`/auth/${path}`, { token, ...body });
  return [
    ['unknown', () => present(unknownToken())()],
    ['used', present(usedToken)],
    ['expired', present(expiredToken)],
    ['of a deleted account', present(deletedToken)],
  ];
}

/** The same for `POST /auth/password/reset`. */
export const resetTokenKinds = (bench: Bench) =>
  mailedTokenKinds(bench, 'password/reset', { password: NEXT });

/** Invitations that are not accepted. */
export async function invitationKinds({ api, mails }: Bench): Promise<Kind[]> {
  const service = api.as('service');
  const [used, expired] = [await invite(service), await invite(service)];
  const [usedToken, expiredToken] = [
    await mailedToken(mails, used),
    await mailedToken(mails, expired),
  ];
  await accept(api, usedToken);
  await api.database.query('UPDATE invitations SET expires_at = now() WHERE id = $1', [expired.id]);
  const present = (token: string) => () => accept(api, token);
  return [
    ['unknown', () => present(unknownToken())()],
    ['used', present(usedToken)],
    ['expired', present(expiredToken)],
  ];
}

/** Refresh tokens that are not accepted. */
export async function refreshTokenKinds({ api }: Bench): Promise<Kind[]> {
  const [ended, suspended] = [await signedIn(api), await signedIn(api)];
  await api.as(ended).post('/auth/logout');
  await api.as('service').patch(`/users/${suspended.id}`, { status: 'suspended' });
  const present = (token: string) => () => api.post('/auth/refresh', { refresh_token: token });
  return [
    ['unknown', () => present(unknownToken())()],
    ['signed out', present(ended.tokens.refresh_token)],
    ['suspended', present(suspended.tokens.refresh_token)],
  ];
}

/** Asking for a mail, with and without an account. @param path where. */
export async function mailKinds({ api }: Bench, path: string): Promise<Kind[]> {
  const { email } = await createUser(api, { password: PASSWORD });
  const ask = (address: string) => () => api.post(`/auth/${path}`, { email: address });
  return [
    ['existing', ask(email)],
    ['missing', ask('nobody@example.com')],
  ];
}
