import { createUser, login, PASSWORD, superuser } from '../support/accounts.js';
import { createKey, type IssuedKey, KEYS } from '../support/api-keys.js';
import type { Caller } from '../support/caller.js';
import { expectProblem, pointers } from '../support/http.js';
import { accept, invite, mailedToken } from '../support/invitations.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Api, testApi } from '../support/test-api.js';
import { uniqueEmail } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

let mails: MailService;
let api: Api;

beforeAll(async () => {
  mails = await startMailService();
  const closed = testApi({ REGISTRATION: 'closed', LOG_LEVEL: 'debug' });
  api = await closed.withMails(mails).start();
});

afterAll(async () => {
  await api?.stop();
  await mails?.stop();
});

/** A new invitation with its mailed token. */
async function invited(fields: object = {}, inviter: Caller = api.as('service')) {
  const invitation = await invite(inviter, fields);
  return { ...invitation, token: await mailedToken(mails, invitation) };
}

describe('an invitation that is accepted', () => {
  it('becomes a verified account that can sign in, while registration is closed', async () => {
    const admin = await superuser(api, api.database);
    const { id, email, token } = await invited({ tier: 'pro', role: 'superuser' }, api.as(admin));
    expectProblem(await api.post('/users', { email, name: 'Grace' }), 401, 'auth.unauthenticated');
    const answer = await accept(api, token);
    expect(answer.status).toBe(201);
    const { id: userId } = answer.body;
    expect(answer.body).toMatchObject({
      email,
      name: 'Grace',
      role: 'superuser',
      tier: 'pro',
      status: 'active',
      source: 'invitation',
      email_verified: true,
    });
    expect(answer.headers.get('location')).toBe(`/users/${String(userId)}`);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect((await login(api, email)).status).toBe(200);
    const records = await api.database.query(
      'SELECT action, actor_kind, details FROM audit_log WHERE target_id = $1 ORDER BY id LIMIT 2',
      [userId],
    );
    expect(records).toEqual([
      {
        action: 'user.created',
        actor_kind: 'anonymous',
        details: { source: 'invitation', tier: 'pro', role: 'superuser' },
      },
      { action: 'invitation.accepted', actor_kind: 'anonymous', details: { invitation: id } },
    ]);
    const { body } = await api.as('service').get<{ items: object[] }>('/invitations?limit=1');
    expect(body.items).toEqual([
      expect.objectContaining({ id, user_id: userId, accepted_at: expect.any(String) as string }),
    ]);
    const { text } = await api.get('/metrics');
    expect(text).toMatch(/^users_created_total\{signup_source="other",user_tier="pro"\} [1-9]/m);
  });

  it('has the invited address and rights, whatever the body says', async () => {
    const { email, token } = await invited({ name: 'Grace H.' });
    const { status, body } = await accept(api, token, {
      email: uniqueEmail(),
      name: undefined,
    });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ email, name: 'Grace H.', role: 'user', tier: 'free' }),
    ]);
    const other = await invited();
    const raised = await accept(api, other.token, { role: 'superuser', tier: 'pro' });
    expect(pointers(expectProblem(raised, 400, 'request.invalid'))).toEqual(['/role', '/tier']);
  });

  it('needs a name, and a password that is not made of the account', async () => {
    const { email, token } = await invited();
    const faultsOf = async (fields: object) =>
      pointers(expectProblem(await accept(api, token, fields), 400, 'request.invalid'));
    expect(await faultsOf({ name: undefined })).toEqual(['/name']);
    expect(await faultsOf({ name: 'see www.example.com' })).toEqual(['/name']);
    expect(await faultsOf({ password: 'short' })).toEqual(['/password']);
    expect(await faultsOf({ password: `${email}-and-more` })).toEqual(['/password']);
    expect((await accept(api, token)).status).toBe(201);
  });

  it('leaves its token in no log line, trace or URL', async () => {
    const { token } = await invited();
    await accept(api, token);
    await accept(api, token);
    await waitFor('the request log', () => api.output().includes('/auth/invitations/accept'));
    expect(api.output()).not.toContain(token);
  });
});

describe('a token of an invitation', () => {
  const expectRefused = async (token: string) =>
    expectProblem(await accept(api, token), 400, 'auth.invalid-token');

  it('is refused alike when it is unknown, used or expired, or for another purpose', async () => {
    await expectRefused('t'.repeat(43));
    const used = await invited();
    expect((await accept(api, used.token)).status).toBe(201);
    await expectRefused(used.token);
    const expired = await invited();
    await api.database.query('UPDATE invitations SET expires_at = now() WHERE id = $1', [
      expired.id,
    ]);
    await expectRefused(expired.token);
    const { email } = await createUser(api);
    await expectRefused((await mails.mailed(email, 'welcome')).variables.token);
    const other = await invited();
    const reset = await api.post('/auth/password/reset', {
      token: other.token,
      password: PASSWORD,
    });
    expectProblem(reset, 400, 'auth.invalid-token');
  });

  it('is refused when its address has got an account meanwhile', async () => {
    const { email, token } = await invited();
    await createUser(api, { email: email.toUpperCase() });
    expectProblem(await accept(api, token), 409, 'users.email-taken');
  });

  it.each([
    ['is an ordinary user', `UPDATE users SET role = 'user' WHERE id = $1`],
    ['is suspended', `UPDATE users SET status = 'suspended' WHERE id = $1`],
    ['is deleted', 'UPDATE users SET deleted_at = now() WHERE id = $1'],
    ['is erased', 'UPDATE invitations SET inviter_id = NULL WHERE inviter_id = $1'],
  ])('is refused once the inviter %s', async (_what, sql) => {
    const admin = await superuser(api, api.database);
    const { token } = await invited({}, api.as(admin));
    await api.database.query(sql, [admin.id]);
    await expectRefused(token);
  });

  it.each<[string, (key: IssuedKey) => Promise<unknown>]>([
    ['revoked', ({ id }) => api.as('service').delete(`${KEYS}/${id}`)],
    [
      'limited to less',
      ({ id }) => api.as('service').patch(`${KEYS}/${id}`, { scopes: ['invitations:create'] }),
    ],
    [
      'expired',
      ({ id }) => api.database.query('UPDATE api_keys SET expires_at = now() WHERE id = $1', [id]),
    ],
  ])('is refused once the key that invited is %s', async (_what, change) => {
    const key = await createKey(api, ['invitations:create', 'users:create-paid']);
    const kept = await invited({ tier: 'pro' }, api.as(key));
    expect(kept.invited_by).toEqual({ kind: 'service', id: key.id });
    expect((await accept(api, kept.token)).status).toBe(201);
    const { token } = await invited({ tier: 'pro' }, api.as(key));
    await change(key);
    await expectRefused(token);
  });
});
