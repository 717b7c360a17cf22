import {
  createUser,
  signedIn,
  superuser,
  type TestUser,
  type Tokens,
} from '../support/accounts.js';
import { createKey } from '../support/api-keys.js';
import type { Principal } from '../support/caller.js';
import { factorsOf } from '../support/factors.js';
import { expectProblem, pointers, UUID } from '../support/http.js';
import { accept, invite, mailedToken, type TestInvitation } from '../support/invitations.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Api, testApi } from '../support/test-api.js';
import { uniqueEmail } from '../support/users.js';

const NOBODY = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
let mails: MailService;
let api: Api;
let admin: TestUser & { tokens: Tokens };

beforeAll(async () => {
  mails = await startMailService();
  api = await testApi().withMails(mails).start();
  admin = await superuser(api, api.database);
});

afterAll(async () => {
  await api?.stop();
  await mails?.stop();
});

const list = async (query = '') =>
  (
    await api
      .as('service')
      .get<{ items: TestInvitation[]; next_cursor: string | null }>(`/invitations${query}`)
  ).body;
const expire = (id: string) =>
  api.database.query('UPDATE invitations SET expires_at = now() WHERE id = $1', [id]);

describe('an invitation', () => {
  it('is created, audited without the address, and mailed with a token alone', async () => {
    const email = uniqueEmail();
    const body = { email, name: 'Grace', tier: 'pro' };
    const answer = await api.as(admin).post<TestInvitation>('/invitations', body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const at = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect(answer.body).toEqual({
      id: expect.stringMatching(UUID) as string,
      ...body,
      role: 'user',
      invited_by: { kind: 'user', id: admin.id },
      created_at: at,
      expires_at: at,
      accepted_at: null,
      user_id: null,
    });
    const { variables } = await mails.mailed(email, 'invitation');
    expect(variables).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/) as string,
      locale: 'en',
    });
    const records = await api.database.query(
      `SELECT action, actor_id, target_id, details FROM audit_log WHERE details ->> 'invitation' = $1`,
      [answer.body.id],
    );
    expect(records).toEqual([
      {
        action: 'invitation.created',
        actor_id: admin.id,
        target_id: null,
        details: { invitation: answer.body.id, role: 'user', tier: 'pro' },
      },
    ]);
    const [{ now } = { now: '' }] = await api.database.query<{ now: string }>(
      `SELECT extract(epoch FROM expires_at - created_at)::int::text AS now FROM invitations WHERE id = $1`,
      [answer.body.id],
    );
    expect(Number(now)).toBe(604_800);
  });

  it('can be made by a service with the scopes, but not for superusers', async () => {
    const invitation = await invite(api.as('service'), { tier: 'enterprise' });
    expect(invitation.invited_by).toEqual({ kind: 'service', id: null });
    const asSuperuser = { email: uniqueEmail(), role: 'superuser' };
    const refused = await api.as('service').post('/invitations', asSuperuser);
    expectProblem(refused, 403, 'auth.forbidden');
    expect((await api.as(admin).post('/invitations', asSuperuser)).status).toBe(201);
    const key = api.as(await createKey(api, ['invitations:create']));
    const paid = await key.post('/invitations', { email: uniqueEmail(), tier: 'pro' });
    expectProblem(paid, 403, 'auth.forbidden');
    expect((await key.post('/invitations', { email: uniqueEmail() })).status).toBe(201);
  });

  it('for a superuser needs the second factor that the inviter has', async () => {
    const root = await superuser(api, api.database);
    await api.database.query('UPDATE users SET email_verified = true WHERE id = $1', [root.id]);
    const { body } = await factorsOf(api.as(root), root.id).add();
    const invites = (by: Principal, role: string) =>
      api.as(by).post('/invitations', { email: uniqueEmail(), role });
    expectProblem(await invites(root, 'superuser'), 401, 'auth.step-up-required');
    expect((await invites(root, 'user')).status).toBe(201);
    const [recovery_code = ''] = body.recovery_codes ?? [];
    const proved = await api
      .as(root)
      .post<{ access_token: string }>('/auth/step-up', { recovery_code });
    expect((await invites(proved.body.access_token, 'superuser')).status).toBe(201);
  });

  it('is refused to users and strangers on every route', async () => {
    const user = await signedIn(api);
    const { id } = await invite(api.as('service'));
    for (const [caller, status, code] of [
      [api.as(user), 403, 'auth.forbidden'],
      [api, 401, 'auth.unauthenticated'],
    ] as const) {
      expectProblem(await caller.get('/invitations'), status, code);
      expectProblem(await caller.post('/invitations', { email: uniqueEmail() }), status, code);
      expectProblem(await caller.post(`/invitations/${id}/resend`), status, code);
      expectProblem(await caller.delete(`/invitations/${id}`), status, code);
    }
  });

  it('is one for an address, in any spelling, until it is accepted, deleted or over', async () => {
    const first = await invite(api.as('service'), { email: `Grace@${NOBODY}.MÜNCHEN.example` });
    expect(first.email).toBe(`Grace@${NOBODY}.MÜNCHEN.example`);
    const spelled = { email: `gRACE@${NOBODY}.xn--mnchen-3ya.example` };
    const second = () => api.as('service').post<TestInvitation>('/invitations', spelled);
    expectProblem(await second(), 409, 'invitations.pending');
    // A mail that is sent later would begin the lifetime of its token anew.
    await mailedToken(mails, { email: `Grace@${NOBODY}.xn--mnchen-3ya.example` });
    await expire(first.id);
    const replaced = await second();
    expect(replaced.status).toBe(201);
    expect(replaced.body.id).not.toBe(first.id);
    expectProblem(await second(), 409, 'invitations.pending');
    expect((await api.as(admin).delete(`/invitations/${replaced.body.id}`)).status).toBe(204);
    expect((await second()).status).toBe(201);
  });

  it('is created once by 16 requests at the same time', async () => {
    const email = uniqueEmail();
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => api.as('service').post('/invitations', { email })),
    );
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(15);
    for (const answer of refused) expectProblem(answer, 409, 'invitations.pending');
  });

  it('is refused for an address that has an account', async () => {
    const { email } = await createUser(api);
    const answer = await api.as(admin).post('/invitations', { email: email.toUpperCase() });
    expectProblem(answer, 409, 'users.email-taken');
  });

  it('is refused with every invalid field at once', async () => {
    const body = { email: 'nobody', role: 'owner', tier: 'gold', name: '', extra: 1 };
    const faults = expectProblem(
      await api.as(admin).post('/invitations', body),
      400,
      'request.invalid',
    );
    expect(pointers(faults)).toEqual(['/email', '/extra', '/name', '/role', '/tier']);
  });
});

describe('the list of invitations', () => {
  it('shows them newest first, in pages', async () => {
    const older = await invite(api.as(admin));
    const newer = await invite(api.as(admin));
    const page = await list('?limit=1');
    expect(page.items).toEqual([newer]);
    const next = await list(`?limit=1&cursor=${page.next_cursor}`);
    expect(next.items).toEqual([older]);
    const wrong = await api.as(admin).get('/invitations?cursor=x');
    expect(pointers(expectProblem(wrong, 400, 'request.invalid'))).toEqual(['query/cursor']);
  });
});

describe('an invitation that is sent again', () => {
  it('has a new link, and the old one has no effect any more', async () => {
    const invitation = await invite(api.as('service'));
    const old = await mailedToken(mails, invitation);
    await expire(invitation.id);
    const answer = await api.as(admin).post(`/invitations/${invitation.id.toUpperCase()}/resend`);
    expect([answer.status, answer.body]).toEqual([202, { status: 'accepted' }]);
    const fresh = await mailedToken(mails, invitation, 2);
    expect(fresh).not.toBe(old);
    expectProblem(await accept(api, old), 400, 'auth.invalid-token');
    expect((await accept(api, fresh)).status).toBe(201);
  });

  it('is refused once it was accepted or deleted, or its address has an account', async () => {
    const invitation = await invite(api.as('service'));
    const resend = (id: string) => api.as('service').post(`/invitations/${id}/resend`);
    await createUser(api, { email: invitation.email });
    expectProblem(await resend(invitation.id), 409, 'users.email-taken');
    await api.as('service').delete(`/invitations/${invitation.id}`);
    expectProblem(await resend(invitation.id), 404, 'request.not-found');
    expectProblem(await resend(NOBODY), 404, 'request.not-found');
    const accepted = await invite(api.as('service'));
    await accept(api, await mailedToken(mails, accepted));
    expectProblem(await resend(accepted.id), 404, 'request.not-found');
  });
});

describe('an invitation that is deleted', () => {
  it('cannot be accepted, and is gone; an accepted one stays', async () => {
    const invitation = await invite(api.as('service'));
    const token = await mailedToken(mails, invitation);
    const remove = (id: string) => api.as('service').delete(`/invitations/${id}`);
    expect((await remove(invitation.id)).status).toBe(204);
    expectProblem(await remove(invitation.id), 404, 'request.not-found');
    expectProblem(await accept(api, token), 400, 'auth.invalid-token');
    expect((await list()).items.map(({ id }) => id)).not.toContain(invitation.id);

    const accepted = await invite(api.as('service'));
    await accept(api, await mailedToken(mails, accepted));
    expectProblem(await remove(accepted.id), 404, 'request.not-found');
    expect((await list()).items.map(({ id }) => id)).toContain(accepted.id);
  });
});
