import { hashSync as argon2 } from '@node-rs/argon2';
import { hashSync as bcrypt } from '@node-rs/bcrypt';

import {
  createUser,
  login,
  me,
  PASSWORD,
  refresh,
  signedIn,
  superuser,
} from '../support/accounts.js';
import { type Answer, asService, bearer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';

/** Of the password that test users have. */
const ARGON2I =
  '$argon2i$v=19$m=4096,t=3,p=1$texz18ySkpNQkjvprH6Rhg$V9gIwcAmXATlkGFXqaAiX8C73hHMRoKs2376eFN9efQ';
const NEXT = 'another-long-passphrase';

let service: Api;

beforeAll(async () => {
  service = await testApi().start();
});

afterAll(() => service?.stop());

function patch(id: string, body: object, headers: Record<string, string>): Promise<Answer> {
  return service.patch(`/users/${id}`, body, headers);
}

interface SessionItem {
  id: string;
  created_at: string;
  last_used_at: string;
  ip: string | null;
  user_agent: string | null;
  current: boolean;
}

async function sessionsOf(token: string): Promise<SessionItem[]> {
  const { body } = await service.as(token).get<{ items: SessionItem[] }>('/auth/sessions');
  return body.items;
}

describe('a password', () => {
  it('changes with the current one, and ends the other sessions only', async () => {
    const user = await signedIn(service);
    const { body: other } = await login(service, user.email);
    const own = bearer(user.tokens.access_token);
    expect((await patch(user.id, { password: NEXT }, own)).status).toBe(400);
    const wrong = await patch(user.id, { password: NEXT, current_password: NEXT }, own);
    expectProblem(wrong, 401, 'auth.invalid-credentials');
    const common = await patch(
      user.id,
      { password: 'password1234', current_password: PASSWORD },
      own,
    );
    expect(common.status).toBe(400);
    const changed = await patch(user.id, { password: NEXT, current_password: PASSWORD }, own);
    expect(changed.status).toBe(200);
    expect(changed.text).not.toContain('argon2');
    expect((await me(service, user.tokens.access_token)).status).toBe(200);
    expect((await refresh(service, user.tokens.refresh_token)).status).toBe(200);
    expectProblem(await me(service, other.access_token), 401, 'auth.unauthenticated');
    expectProblem(await refresh(service, other.refresh_token), 401, 'auth.invalid-credentials');
    expectProblem(await login(service, user.email), 401, 'auth.invalid-credentials');
    expect((await login(service, user.email, NEXT)).status).toBe(200);
    expect(await sessionsOf(user.tokens.access_token)).toHaveLength(2);
  });

  it.each([
    ['bcrypt $2b', bcrypt(PASSWORD, { cost: 4 })],
    ['bcrypt $2y', bcrypt(PASSWORD, { cost: 4, version: '2y' })],
    ['bcrypt $2a', bcrypt(PASSWORD, { cost: 4, version: '2a' })],
    ['weaker argon2id', argon2(PASSWORD, { memoryCost: 4096, timeCost: 1, parallelism: 1 })],
    ['argon2i', ARGON2I],
  ])('of an imported user (%s) is rehashed at sign-in', async (_kind, hash) => {
    const { id, email } = await createUser(service, { password: null });
    await service.database.query('UPDATE users SET password_hash = $2 WHERE id = $1', [id, hash]);
    expectProblem(
      await login(service, email, 'wrong-password-here'),
      401,
      'auth.invalid-credentials',
    );
    const { status, body } = await login(service, email);
    expect(status).toBe(200);
    const [row] = await service.database.query<{ password_hash: string; version: number }>(
      'SELECT password_hash, version FROM users WHERE id = $1',
      [id],
    );
    expect(row).toMatchObject({
      password_hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/) as string,
      version: 1,
    });
    expect((await me(service, body.access_token)).status).toBe(200);
    expect((await login(service, email)).status).toBe(200);
  });

  it.each([
    ['longer than bcrypt reads', 'é'.repeat(40), 'é'.repeat(36) + 'x'.repeat(8)],
    ['of as many bytes as bcrypt reads', 'x'.repeat(72), 'x'.repeat(80)],
  ])(
    '%s keeps its bcrypt hash, so that no wrong password replaces it',
    async (_kind, own, other) => {
      const { id, email } = await createUser(service, { password: null });
      const hash = bcrypt(own, { cost: 4 });
      await service.database.query('UPDATE users SET password_hash = $2 WHERE id = $1', [id, hash]);
      const { status } = await login(service, email, other);
      expect(status).toBe(200);
      expect((await login(service, email, own)).status).toBe(200);
    },
  );

  it('is refused with the same answer for an unreadable and a missing hash', async () => {
    const { id, email } = await createUser(service, { password: null });
    await service.database.query(`UPDATE users SET password_hash = 'md5:abc' WHERE id = $1`, [id]);
    expectProblem(await login(service, email), 401, 'auth.invalid-credentials');
  });
});

describe('a role', () => {
  it('is changed by superusers only, which ends the sessions of the user', async () => {
    const admin = await superuser(service, service.database);
    const user = await signedIn(service);
    const asAdmin = bearer(admin.tokens.access_token);
    expect((await patch(user.id, { role: 'superuser' }, asService)).status).toBe(403);
    const promoted = await patch(user.id, { role: 'superuser' }, asAdmin);
    expect([promoted.status, promoted.body['role']]).toEqual([200, 'superuser']);
    expectProblem(await me(service, user.tokens.access_token), 401, 'auth.unauthenticated');
    const { body: tokens } = await login(service, user.email);
    expect((await service.as(tokens.access_token).get('/users')).status).toBe(200);
  });

  it('of the last active superuser cannot change, even with concurrent requests', async () => {
    await service.database.query(`UPDATE users SET role = 'user'`);
    const one = await superuser(service, service.database);
    const last = async (attempt: Promise<Answer>) => {
      expectProblem(await attempt, 403, 'auth.forbidden');
    };
    const own = bearer(one.tokens.access_token);
    await last(patch(one.id, { role: 'user' }, own));
    await last(patch(one.id, { status: 'suspended' }, asService));
    await last(service.delete(`/users/${one.id}`, own));
    await last(service.as('service').delete(`/users/${one.id}`));

    const two = await superuser(service, service.database);
    // Each removes the other: one of them has to stay.
    const answers = await Promise.all([
      patch(two.id, { role: 'user' }, own),
      patch(one.id, { role: 'user' }, bearer(two.tokens.access_token)),
    ]);
    const [first, second] = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(first).toBe(200);
    // The slower one is refused for being the last, or has no session any more, as it comes.
    expect([401, 403]).toContain(second);
    const left = await service.database.query(
      `SELECT 1 FROM users WHERE role = 'superuser' AND deleted_at IS NULL`,
    );
    expect(left).toHaveLength(1);
  });
});

describe('sessions', () => {
  it('are listed with address, user agent and times', async () => {
    const user = await createUser(service);
    const { body: first } = await login(service, user.email, PASSWORD, { 'user-agent': 'one/1.0' });
    await login(service, user.email, PASSWORD, { 'user-agent': 'two/2.0' });
    const sessions = await sessionsOf(first.access_token);
    expect(sessions).toEqual([
      expect.objectContaining({ user_agent: 'two/2.0', current: false }),
      {
        id: expect.any(String),
        created_at: expect.stringMatching(/Z$/),
        last_used_at: expect.stringMatching(/Z$/),
        ip: '127.0.0.1',
        user_agent: 'one/1.0',
        current: true,
        acr: 'aal1',
      },
    ]);
  });

  it('can be ended one by one, all others, and by signing out', async () => {
    const user = await signedIn(service);
    const tokens = [];
    for (let index = 0; index < 3; index += 1)
      tokens.push((await login(service, user.email)).body.access_token);
    const [a = '', b = '', c = ''] = tokens;
    const remove = (path: string, token: string) => service.as(token).delete(path);
    const ended = (await sessionsOf(b)).find(({ current }) => current)?.id ?? '';
    expect((await remove(`/auth/sessions/${ended}`, a)).status).toBe(204);
    expectProblem(await me(service, b), 401, 'auth.unauthenticated');
    expect((await remove(`/auth/sessions/${ended}`, a)).status).toBe(404);
    expect((await remove('/auth/sessions/no-uuid', a)).status).toBe(400);

    const stranger = await signedIn(service);
    const [own] = await sessionsOf(a);
    expect((await remove(`/auth/sessions/${own?.id}`, stranger.tokens.access_token)).status).toBe(
      404,
    );

    expect((await remove('/auth/sessions', a)).status).toBe(204);
    expect((await me(service, a)).status).toBe(200);
    expectProblem(await me(service, c), 401, 'auth.unauthenticated');
    expectProblem(await me(service, user.tokens.access_token), 401, 'auth.unauthenticated');
    expect(await sessionsOf(a)).toHaveLength(1);
    const out = await service.as(a).post('/auth/logout');
    expect(out.status).toBe(204);
    expectProblem(await me(service, a), 401, 'auth.unauthenticated');
  });
});
