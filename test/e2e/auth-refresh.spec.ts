import { acceptedFor, NOTICED_MS } from '../support/accepted-for.js';
import { login, me, refresh, signedIn, superuser } from '../support/accounts.js';
import { bearer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import type { Service } from '../support/service.js';
import { testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const OLD = 'old-secret-of-at-least-32-bytes-long!';
const NEW = 'new-secret-of-at-least-32-bytes-long!';

let database: TestDatabase;
let one: Service;
let other: Service;

beforeAll(async () => {
  database = await createTestDatabase();
  const replica = testApi().on(database);
  [one, other] = await Promise.all([
    replica.with({ JWT_SECRET: `${OLD},${NEW}` }).start(),
    // A replica in the middle of a rotation of the secret.
    replica.with({ JWT_SECRET: `${NEW},${OLD}` }).start(),
  ]);
});

afterAll(async () => {
  await Promise.all([one?.stop(), other?.stop()]);
  await database?.drop();
});

/** Makes all uses of a user's refresh tokens look `seconds` older. */
async function age(userId: string, seconds: number): Promise<void> {
  await database.query(
    `UPDATE refresh_tokens SET used_at = used_at - make_interval(secs => $2)
      WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1)`,
    [userId, seconds],
  );
}

describe('refresh tokens', () => {
  it('are replaced, and the new access token works on every replica', async () => {
    const user = await signedIn(one);
    const { status, body } = await refresh(other, user.tokens.refresh_token);
    expect(status).toBe(200);
    expect(body.refresh_token).not.toBe(user.tokens.refresh_token);
    expect((await me(one, body.access_token)).body).toMatchObject({ id: user.id });
    expect((await refresh(one, body.refresh_token)).status).toBe(200);
  });

  it('have one successor for concurrent callers, even across a rotation of the secret', async () => {
    const user = await signedIn(one);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        refresh(index % 2 === 0 ? one : other, user.tokens.refresh_token),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
    const [{ count } = { count: 0 }] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
        WHERE s.user_id = $1`,
      [user.id],
    );
    expect(count).toBe(2);
  });

  it('repeat a lost answer at any time while the successor is unused', async () => {
    const user = await signedIn(one);
    const lost = await refresh(one, user.tokens.refresh_token);
    await age(user.id, 86_400);
    const again = await refresh(other, user.tokens.refresh_token);
    expect(again.status).toBe(200);
    expect(again.body.refresh_token).toBe(lost.body.refresh_token);
    expect((await me(one, again.body.access_token)).status).toBe(200);
  });

  it('give the same successor within ten seconds, even when it is already used', async () => {
    const user = await signedIn(one);
    const { body: second } = await refresh(one, user.tokens.refresh_token);
    expect((await refresh(one, second.refresh_token)).status).toBe(200);
    await age(user.id, 4);
    const again = await refresh(one, user.tokens.refresh_token);
    expect([again.status, again.body.refresh_token]).toEqual([200, second.refresh_token]);
  });

  it('end the session everywhere when replayed after their successor was used', async () => {
    const user = await signedIn(one);
    const { body: second } = await refresh(one, user.tokens.refresh_token);
    const { body: third } = await refresh(one, second.refresh_token);
    expect((await me(one, third.access_token)).status).toBe(200);
    expect((await me(other, third.access_token)).status).toBe(200);
    await age(user.id, 12);
    const replayed = await refresh(one, user.tokens.refresh_token);
    const ended = performance.now();
    expectProblem(replayed, 401, 'auth.invalid-credentials');
    expectProblem(await refresh(other, third.refresh_token), 401, 'auth.invalid-credentials');
    expectProblem(await me(one, third.access_token), 401, 'auth.unauthenticated');
    const onOther = async () => (await me(other, third.access_token)).status;
    expect(await acceptedFor(onOther, ended)).toBeLessThan(NOTICED_MS);
    const audit = await database.query(
      `SELECT action FROM audit_log WHERE target_id = $1 AND action = 'auth.refresh-reused'`,
      [user.id],
    );
    expect(audit).toHaveLength(1);
  });

  it('are refused when unknown or expired, or when the user is signed out, suspended or deleted', async () => {
    expectProblem(await refresh(one, 'unknown'), 401, 'auth.invalid-credentials');

    const over = await signedIn(one);
    await database.query(
      `UPDATE refresh_tokens SET expires_at = now() WHERE session_id IN
         (SELECT id FROM sessions WHERE user_id = $1)`,
      [over.id],
    );
    expectProblem(await refresh(one, over.tokens.refresh_token), 401, 'auth.invalid-credentials');

    const left = await signedIn(one);
    await one.as(left).post('/auth/logout');
    expectProblem(await refresh(other, left.tokens.refresh_token), 401, 'auth.invalid-credentials');

    const admin = await superuser(one, database);
    const suspended = await signedIn(one);
    const deleted = await signedIn(one);
    await one.as(admin).patch(`/users/${suspended.id}`, { status: 'suspended' });
    await one.as(admin).delete(`/users/${deleted.id}`);
    for (const { tokens } of [suspended, deleted]) {
      expectProblem(await refresh(other, tokens.refresh_token), 401, 'auth.invalid-credentials');
      expectProblem(await me(one, tokens.access_token), 401, 'auth.unauthenticated');
    }
    // Active again is not signed in again.
    await one.as(admin).patch(`/users/${suspended.id}`, { status: 'active' });
    expectProblem(
      await refresh(one, suspended.tokens.refresh_token),
      401,
      'auth.invalid-credentials',
    );
  });
});

describe('revocation', () => {
  const kinds = ['sign-out', 'suspension', 'role', 'password', 'deletion', 'everywhere'] as const;

  /** Ends a session that both replicas have just seen alive. @returns what they say of it, in the end. */
  async function revoke(kind: (typeof kinds)[number]) {
    const admin = await superuser(one, database);
    const user = await signedIn(one);
    const { body: tokens } = await login(one, user.email);
    const alive = [one, other].map(
      async (replica) => (await me(replica, tokens.access_token)).status,
    );
    const path = `/users/${user.id}`;
    const asAdmin = { headers: bearer(admin.tokens.access_token) };
    const own = { headers: bearer(user.tokens.access_token) };
    const acts = {
      'sign-out': () => one.as(tokens.access_token).post('/auth/logout'),
      suspension: () =>
        one.request(path, { method: 'PATCH', body: { status: 'suspended' }, ...asAdmin }),
      role: () => one.request(path, { method: 'PATCH', body: { role: 'superuser' }, ...asAdmin }),
      password: () =>
        one.request(path, {
          method: 'PATCH',
          body: {
            password: 'another-long-passphrase',
            current_password: 'violet-kettle-armada-7',
          },
          ...own,
        }),
      deletion: () => one.request(path, { method: 'DELETE', ...asAdmin }),
      everywhere: () => one.request(`${path}/sessions`, { method: 'DELETE', ...asAdmin }),
    };
    const before = await Promise.all(alive);
    const done = (await acts[kind]()).status < 300;
    const revoked = performance.now();
    const here = (await me(one, tokens.access_token)).status;
    const onOther = async () => (await me(other, tokens.access_token)).status;
    const inTime = (await acceptedFor(onOther, revoked)) < NOTICED_MS;
    return { kind, before, done, here, inTime };
  }

  it('of every kind takes effect at once here and within five seconds on the other replica', async () => {
    expect(await Promise.all(kinds.map(revoke))).toEqual(
      kinds.map((kind) => ({ kind, before: [200, 200], done: true, here: 401, inTime: true })),
    );
  });
});
