import type { AccessRequest, Action } from '../../platform/declarations/access.js';
import { bodyFields } from '../../platform/http/access/body-fields.js';
/** Each field that can be changed, and what changing it amounts to. */
const fieldActions = new Map<string, Action>(
  Object.entries({
    name: 'users:rename',
    email: 'users:set-email',
    password: 'users:set-password',
    status: 'users:set-status',
    role: 'users:set-role',
  } as const),
);

/** All that a change of a user amounts to; reading it first, for requests that change nothing. */
export function updateActions({ body }: AccessRequest): Action[] {
  const changes = Object.keys(bodyFields(body)).flatMap((field) => fieldActions.get(field) ?? []);
  return ['users:read', ...changes];
}
