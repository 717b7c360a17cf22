import { randomUUID } from 'node:crypto';

import { asService } from './http.js';
import { ready } from './ready.js';
import { type Answer, type RequestOptions, type Service, startService } from './service.js';
import type { TestDatabase } from './test-database.js';

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

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Starts the API and waits until it has its database. */
export function startReady(env: Readonly<Record<string, string>>): Promise<Service> {
  return startService(env).then(ready);
}

/** Creates a user of its own for a test. */
export async function createUser(
  service: Service,
  body: { email?: string; name?: string; password?: string | null } = {},
): Promise<TestUser> {
  const { email = `${randomUUID()}@example.com`, name = 'Ada', password = PASSWORD } = body;
  const { status, body: user } = await service.request<TestUser>('/users', {
    method: 'POST',
    headers: asService,
    body: { email, name, ...(password !== null && { password }) },
  });
  if (status !== 201) throw new Error(`no user was created: ${status} ${JSON.stringify(user)}`);
  return { id: user.id, email };
}

/** Signs in. */
export async function login<Body = Tokens>(
  service: Service,
  email: string,
  password = PASSWORD,
  headers: RequestOptions['headers'] = {},
): Promise<Answer<Body>> {
  return service.request<Body>('/auth/login', {
    method: 'POST',
    body: { email, password },
    headers,
  });
}

/** A user with a session. */
export async function signedIn(service: Service): Promise<TestUser & { tokens: Tokens }> {
  const user = await createUser(service);
  const { body } = await login(service, user.email);
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
  service: Service,
  database: TestDatabase,
): Promise<TestUser & { tokens: Tokens }> {
  const user = await createUser(service);
  await database.query(`UPDATE users SET role = 'superuser' WHERE id = $1`, [user.id]);
  const { body } = await login(service, user.email);
  return { ...user, tokens: body };
}

export function refresh(service: Service, token: string): Promise<Answer<Tokens>> {
  return service.request('/auth/refresh', { method: 'POST', body: { refresh_token: token } });
}

export function me(service: Service, accessToken: string): Promise<Answer> {
  return service.request('/users/me', { headers: bearer(accessToken) });
}
