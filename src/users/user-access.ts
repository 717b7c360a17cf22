import type { AccessRequest, Action } from '../common/access.js';

/** Each field that can be changed, and what changing it amounts to. */
const fieldActions: Readonly<Record<string, Action>> = {
  name: 'users:rename',
  email: 'users:set-email',
  password: 'users:set-password',
  status: 'users:set-status',
  role: 'users:set-role',
};

/** Creating a user, and giving it a paid tier where the request says so. */
export function creationActions({ body }: AccessRequest): Action[] {
  const tier = fields(body)['tier'];
  return tier === undefined || tier === 'free'
    ? ['users:create']
    : ['users:create', 'users:create-paid'];
}

/** All that a change of a user amounts to; reading it first, for requests that change nothing. */
export function updateActions({ body }: AccessRequest): Action[] {
  const changes = Object.keys(fields(body)).flatMap((field) => fieldActions[field] ?? []);
  return ['users:read', ...changes];
}

function fields(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
