import type { ListedFactor } from './factors.repository.js';
import type { FactorResponse } from './factor.schemas.js';

/** The fields of a factor that clients see: an allow-list. */
export function toFactorResponse(factor: ListedFactor): FactorResponse {
  return {
    id: factor.id,
    type: factor.type,
    name: factor.name,
    created_at: factor.created_at.toISOString(),
    last_used_at: factor.last_used_at?.toISOString() ?? null,
    ...(factor.type === 'recovery_codes' && { remaining: factor.remaining }),
  };
}
