import { pageOf } from '../../platform/common/cursor.js';
import { typedEmail } from '../../platform/common/email-address.js';
import type { Invitation } from './invitation.entity.js';
import type { InvitationPage, InvitationResponse } from './invitations.schemas.js';

/** The fields of an invitation that clients see: an allow-list. */
export function toInvitationResponse(invitation: Invitation): InvitationResponse {
  return {
    id: invitation.id,
    email: typedEmail(invitation),
    name: invitation.name,
    role: invitation.role,
    tier: invitation.tier,
    invited_by: { kind: invitation.inviter_kind, id: invitation.inviter_id },
    created_at: invitation.created_at.toISOString(),
    expires_at: invitation.expires_at.toISOString(),
    accepted_at: invitation.accepted_at?.toISOString() ?? null,
    user_id: invitation.user_id,
  };
}

/** @param rows one more than `limit` when another page follows. */
export function toInvitationPage(rows: readonly Invitation[], limit: number): InvitationPage {
  return pageOf(rows, limit, toInvitationResponse, ({ id }) => [id]);
}
