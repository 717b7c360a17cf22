import { bodyFields } from '../../platform/common/request/body-fields.js';
import type { AccessRequest, Action } from '../../platform/declarations/access.js';
import { paidTiers } from '../users/fields/user-fields.js';

/** Access actions of a sign-up: creating a user, and a paid tier if requested. */
export function creationActions({ body }: AccessRequest): Action[] {
  // Any other value is invalid, and validation reports it better than a refusal.
  const paid = paidTiers.includes(String(bodyFields(body)['tier']));
  return paid ? ['users:create', 'users:create-paid'] : ['users:create'];
}
