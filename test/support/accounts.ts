import { randomUUID } from 'node:crypto';

import { type Answer, asService, type Caller, type RequestOptions } from './caller.js';
import type { Database } from './test-database.js';

export const PASSWORD = 'violet-kettle-armada-7';

export interface Tokens {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly device_token: string;
}

export interface TestUser {
  readonly id: string;
  readonly email: string;
}

/** Creates a user of its own for a test. */
export async function createUser(
  api: Caller,
  body: { email?: string; name?: string; password?: string | null } = {},
): Promise<TestUser> {
  const { email = `${randomUUID()}@example.com`, name = 'Ada', password = PASSWORD } = body;
  const { status, body: user } = await api
    .as('service')
    .post<TestUser>('/users', { email, name, ...(password !== null && { password }) });
  if (status !== 201) throw new Error(`no user was created: ${status} ${JSON.stringify(user)}`);
  return { id: user.id, email };
}

/** Signs in. */
export async function login<Body = Tokens>(
  api: Caller,
  email: string,
  password = PASSWORD,
  headers: RequestOptions['headers'] = {},
): Promise<Answer<Body>> {
  return api.post<Body>('/auth/login', { email, password }, headers);
}

/** A user with a session. */
export async function signedIn(api: Caller): Promise<TestUser & { tokens: Tokens }> {
  const user = await createUser(api);
  const { body } = await login(api, user.email);
  return { ...user, tokens: body };
}

/** Sends a request as a service; as the user, with the given headers, where services may not. */
export async function asWhoMay<Body>(
  send: (headers: RequestOptions['headers']) => Promise<Answer<Body>>,
  user: RequestOptions['headers'],
): Promise<Answer<Body>> {
  const answer = await send(asService);
  return answer.status === 403 ? send(user) : answer;
}

/** A superuser with a session. */
export async function superuser(
  api: Caller,
  database: Database,
): Promise<TestUser & { tokens: Tokens }> {
  const user = await createUser(api);
  await database.query(`UPDATE users SET role = 'superuser' WHERE id = $1`, [user.id]);
  const { body } = await login(api, user.email);
  return { ...user, tokens: body };
}

export function refresh(api: Caller, token: string): Promise<Answer<Tokens>> {
  return api.post('/auth/refresh', { refresh_token: token });
}

export function me(api: Caller, accessToken: string): Promise<Answer> {
  return api.as(accessToken).get('/users/me');
}
