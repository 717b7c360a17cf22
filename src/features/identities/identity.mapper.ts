import type { Identity } from './identity.entity.js';
import type { IdentityResponse } from './identity.schemas.js';

/** The fields of an identity that clients see: an allow-list. */
export function toIdentityResponse(identity: Identity): IdentityResponse {
  return {
    id: identity.id,
    provider: identity.provider,
    issuer: identity.issuer,
    email: identity.email,
    created_at: identity.created_at.toISOString(),
    last_used_at: identity.last_used_at?.toISOString() ?? null,
  };
}
