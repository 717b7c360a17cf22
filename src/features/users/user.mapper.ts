import { typedEmail } from '../../platform/common/email-address.js';
import type { User } from './user.entity.js';
import type { UserResponse } from './user.schemas.js';

/** The fields of a user that clients see: an allow-list. */
export function toUserResponse(user: User): UserResponse {
  return {
    id: user.id,
    email: typedEmail(user),
    name: user.name,
    status: user.status,
    role: user.role,
    tier: user.tier,
    source: user.source,
    email_verified: user.email_verified,
    locale: user.locale,
    created_at: user.created_at.toISOString(),
    updated_at: user.updated_at.toISOString(),
  };
}
