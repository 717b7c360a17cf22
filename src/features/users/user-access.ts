import type { AccessRequest, Action } from '../../platform/http/access/access.js';

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

/** Creating a user, and giving it a paid tier where the request says so. */
export function creationActions({ body }: AccessRequest): Action[] {
  // Anything else is no tier, which validation tells better than a refusal.
  const paid = ['pro', 'enterprise'].includes(String(fields(body)['tier']));
  return paid ? ['users:create', 'users:create-paid'] : ['users:create'];
}

/** All that a change of a user amounts to; reading it first, for requests that change nothing. */
export function updateActions({ body }: AccessRequest): Action[] {
  const changes = Object.keys(fields(body)).flatMap((field) => fieldActions.get(field) ?? []);
  return ['users:read', ...changes];
}

function fields(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
