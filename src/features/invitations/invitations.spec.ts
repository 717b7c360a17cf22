import { invitingActions } from './invitation-rights.js';
import { toInvitationPage } from './invitation.mapper.js';
import { createInvitationRequest } from './invitations.schemas.js';
import type { Invitation } from './invitation.entity.js';

const IDS = ['019aad6c-0f7e-7cc0-9a55-000000000002', '019aad6c-0f7e-7cc0-9a55-000000000001'];
const rows: Invitation[] = IDS.map((id) => ({
  id,
  email: 'grace@xn--mnchen-3ya.example',
  email_as_typed: 'grace@münchen.example',
  name: null,
  role: 'user',
  tier: 'free',
  inviter_kind: 'service',
  inviter_id: null,
  token_id: id,
  token_hash: Buffer.from('hash'),
  created_at: new Date(0),
  expires_at: new Date(1000),
  accepted_at: null,
  user_id: null,
}));

describe('an invitation', () => {
  it('is for an ordinary user of the free tier by default', () => {
    const email = 'grace@example.com';
    expect(createInvitationRequest.parse({ email })).toEqual({ email, role: 'user', tier: 'free' });
  });

  it.each([
    [{}, ['invitations:create']],
    [{ role: 'user', tier: 'free' }, ['invitations:create']],
    [{ role: 'superuser' }, ['invitations:create', 'users:set-role']],
    [{ tier: 'pro' }, ['invitations:create', 'users:create-paid']],
    [
      { role: 'superuser', tier: 'enterprise' },
      ['invitations:create', 'users:set-role', 'users:create-paid'],
    ],
    [{ role: ['superuser'], tier: 7 }, ['invitations:create']],
    [undefined, ['invitations:create']],
  ])('of %j needs the rights %j', (body, actions) => {
    expect(invitingActions({ params: {}, body })).toEqual(actions);
  });

  it('is shown without its token, with a cursor where another page follows', () => {
    const page = toInvitationPage(rows, 1);
    expect(page.items).toEqual([
      {
        id: IDS[0],
        email: 'grace@münchen.example',
        name: null,
        role: 'user',
        tier: 'free',
        invited_by: { kind: 'service', id: null },
        created_at: '1970-01-01T00:00:00.000Z',
        expires_at: '1970-01-01T00:00:01.000Z',
        accepted_at: null,
        user_id: null,
      },
    ]);
    expect(page.next_cursor).toEqual(expect.any(String));
    expect(toInvitationPage(rows, 2).next_cursor).toBeNull();
  });
});
