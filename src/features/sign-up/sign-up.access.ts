import type { AccessRequest, Action } from '../../platform/declarations/access.js';
import { bodyFields } from '../../platform/http/access/body-fields.js';
/** Creating a user, and giving it a paid tier where the request says so. */
export function creationActions({ body }: AccessRequest): Action[] {
  // Anything else is no tier, which validation tells better than a refusal.
  const paid = ['pro', 'enterprise'].includes(String(bodyFields(body)['tier']));
  return paid ? ['users:create', 'users:create-paid'] : ['users:create'];
}
