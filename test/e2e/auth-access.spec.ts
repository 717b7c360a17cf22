import { v7 as uuidv7 } from 'uuid';

import { createUser, login, signedIn, superuser, type TestUser } from '../support/accounts.js';
import { asService, bearer } from '../support/caller.js';
import { type Api, testApi } from '../support/test-api.js';
import { type PaymentServer, startPaymentServer } from '../support/payment-service.js';

const principals = ['nobody', 'self', 'other', 'superuser', 'service'] as const;
type PrincipalName = (typeof principals)[number];

interface Attempt {
  readonly path: (target: TestUser) => string;
  readonly method?: string;
  readonly body?: (target: TestUser) => object;
}

/** Answers in the order of `principals`; `-` where there is no such case. */
const table: [name: string, attempt: Attempt, expected: string][] = [
  ['GET /health', { path: () => '/health' }, '200 200 200 200 200'],
  ['GET /ready', { path: () => '/ready' }, '200 200 200 200 200'],
  ['GET /.well-known/jwks.json', { path: () => '/.well-known/jwks.json' }, '200 200 200 200 200'],
  ['GET /users', { path: () => '/users' }, '401 403 403 200 200'],
  ['GET /users/me', { path: () => '/users/me' }, '401 200 200 200 403'],
  ['GET /users/{id}', { path: ({ id }) => `/users/${id}` }, '401 200 403 200 200'],
  [
    'GET /users/{unknown id}',
    { path: () => '/users/00000000-0000-7000-8000-000000000000' },
    '401 403 403 404 404',
  ],
  ['PATCH name', change(() => ({ name: 'Grace' })), '401 200 403 200 200'],
  [
    'PATCH email',
    change(() => ({ email: address(), current_password: 'violet-kettle-armada-7' })),
    '401 200 403 200 200',
  ],
  [
    'PATCH password',
    change(() => ({
      password: 'another-long-passphrase',
      current_password: 'violet-kettle-armada-7',
    })),
    '401 200 403 403 403',
  ],
  ['PATCH status', change(() => ({ status: 'suspended' })), '401 403 403 200 200'],
  ['PATCH role', change(() => ({ role: 'superuser' })), '401 403 403 200 403'],
  [
    'PATCH name and role',
    change(() => ({ name: 'Grace', role: 'superuser' })),
    '401 403 403 200 403',
  ],
  [
    'DELETE /users/{id}/sessions',
    { method: 'DELETE', path: ({ id }) => `/users/${id}/sessions` },
    '401 204 403 204 204',
  ],
  [
    'DELETE /users/{id}',
    { method: 'DELETE', path: ({ id }) => `/users/${id}` },
    '401 204 403 204 204',
  ],
  [
    'POST /users/{id}/tier free',
    { method: 'POST', path: ({ id }) => `/users/${id}/tier`, body: () => ({ tier: 'free' }) },
    '401 200 403 200 200',
  ],
  [
    'POST /users/{id}/tier pro',
    { method: 'POST', path: ({ id }) => `/users/${id}/tier`, body: () => ({ tier: 'pro' }) },
    '401 200 403 200 200',
  ],
  [
    'POST /users/{unknown id}/tier',
    {
      method: 'POST',
      path: () => '/users/00000000-0000-7000-8000-000000000000/tier',
      body: () => ({ tier: 'pro' }),
    },
    '401 403 403 404 404',
  ],
  [
    'POST /users',
    { method: 'POST', path: () => '/users', body: () => ({ email: address(), name: 'Ada' }) },
    '201 403 403 201 201',
  ],
  [
    'POST /users with a paid tier',
    {
      method: 'POST',
      path: () => '/users',
      body: () => ({ email: address(), name: 'Ada', tier: 'pro' }),
    },
    '401 403 403 201 201',
  ],
  ['GET /auth/sessions', { path: () => '/auth/sessions' }, '401 200 200 200 403'],
  [
    'DELETE /auth/sessions',
    { method: 'DELETE', path: () => '/auth/sessions' },
    '401 204 204 204 403',
  ],
  [
    'DELETE /auth/sessions/{unknown id}',
    { method: 'DELETE', path: () => '/auth/sessions/00000000-0000-7000-8000-000000000000' },
    '401 404 404 404 403',
  ],
  ['POST /auth/logout', { method: 'POST', path: () => '/auth/logout' }, '401 204 204 204 403'],
  [
    'POST /auth/login',
    {
      method: 'POST',
      path: () => '/auth/login',
      body: ({ email }) => ({ email, password: 'violet-kettle-armada-7' }),
    },
    '200 200 200 200 200',
  ],
  [
    'POST /auth/refresh',
    { method: 'POST', path: () => '/auth/refresh', body: () => ({ refresh_token: 'unknown' }) },
    '401 401 401 401 401',
  ],
  [
    'POST /auth/password/forgot',
    { method: 'POST', path: () => '/auth/password/forgot', body: ({ email }) => ({ email }) },
    '202 202 202 202 202',
  ],
  [
    'POST /auth/verify-email/resend',
    { method: 'POST', path: () => '/auth/verify-email/resend', body: ({ email }) => ({ email }) },
    '202 202 202 202 202',
  ],
  [
    'POST /auth/verify-email',
    { method: 'POST', path: () => '/auth/verify-email', body: () => ({ token: 'unknown' }) },
    '400 400 400 400 400',
  ],
  [
    'POST /auth/password/reset',
    {
      method: 'POST',
      path: () => '/auth/password/reset',
      body: () => ({ token: 'unknown', password: 'another-long-passphrase' }),
    },
    '400 400 400 400 400',
  ],
  ['GET /admin/audit', { path: () => '/admin/audit' }, '401 403 403 200 200'],
];

function change(body: () => object): Attempt {
  return { method: 'PATCH', path: ({ id }) => `/users/${id}`, body };
}

function address(): string {
  return `${crypto.randomUUID()}@example.com`;
}

let service: Api;
let payment: PaymentServer;
let first: TestUser;

beforeAll(async () => {
  payment = await startPaymentServer();
  service = await testApi().withPayments(payment).start();
  first = await createUser(service);
});

afterAll(async () => {
  await service?.stop();
  await payment?.close();
});

/** A fresh user, who shares the password hash of the first: hashes would take most of the time. */
async function freshUser(role = 'user'): Promise<TestUser> {
  const user = { id: uuidv7(), email: address() };
  await service.database.query(
    `INSERT INTO users (id, email, name, role, password_hash)
     SELECT $1, $2, name, $3, password_hash FROM users WHERE id = $4`,
    [user.id, user.email, role, first.id],
  );
  return user;
}

/** A fresh target and the caller's headers, since attempts change both. */
async function cast(name: PrincipalName): Promise<[TestUser, Record<string, string>]> {
  const target = await freshUser();
  if (name === 'nobody') return [target, {}];
  if (name === 'service') return [target, asService];
  const caller =
    name === 'self' ? target : await freshUser(name === 'superuser' ? 'superuser' : 'user');
  const { body } = await login(service, caller.email);
  return [target, bearer(body.access_token)];
}

describe('access by role', () => {
  it('matches the access table', async () => {
    const rows: string[] = [];
    for (const [name, { path, method = 'GET', body }, expected] of table) {
      const statuses = await Promise.all(
        principals.map(async (principal) => {
          const [target, headers] = await cast(principal);
          const answer = await service.request(path(target), {
            method,
            headers,
            ...(body && { body: body(target) }),
          });
          return answer.status;
        }),
      );
      rows.push(`${name.padEnd(36)} ${statuses.join(' ')}${verdict(statuses, expected)}`);
    }
    process.stdout.write(`${''.padEnd(36)} ${principals.join(' ')}\n${rows.join('\n')}\n`);
    expect(rows.filter((row) => row.includes('expected'))).toEqual([]);
    // 155 attempts, each with a user of its own.
  });

  it('refuses sign-up by strangers while registration is closed', async () => {
    const closed = await testApi().on(service.database).with({ REGISTRATION: 'closed' }).start();
    try {
      const attempt = (headers: Record<string, string>) =>
        closed.post('/users', { email: address(), name: 'Ada' }, headers);
      const admin = await superuser(service, service.database);
      expect((await attempt({})).status).toBe(401);
      expect((await attempt(asService)).status).toBe(201);
      expect((await attempt(bearer(admin.tokens.access_token))).status).toBe(201);
    } finally {
      await closed.stop();
    }
  });

  it('keeps answers about users, sessions and tokens out of caches', async () => {
    const { tokens, email } = await signedIn(service);
    const answers = [
      await login(service, email),
      await service.as(tokens.access_token).get('/users/me'),
      await service.as(tokens.access_token).get('/auth/sessions'),
    ];
    for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store');
  });
});

function verdict(statuses: number[], expected: string): string {
  return statuses.join(' ') === expected ? '' : `   expected ${expected}`;
}
