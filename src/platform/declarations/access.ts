import { includesScopes, type Principal, type SignedInUser } from '../common/request/principal.js';

/**
 * Grantees of an action: `self` is the affected user; `signed-in` is any user, for actions on the
 * own account; `registrant` is anybody while registration is open; `public` is everybody, always.
 */
export type Grantee = 'public' | 'registrant' | 'signed-in' | 'self' | 'superuser' | 'service';

/**
 * Names of access actions. Features add their declared names, so that an undeclared name does not
 * compile.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- merged with what features declare
export interface Actions {}

export type Action = keyof Actions;

/** The access table. Nothing else decides. */
export type AccessTable = Readonly<Record<Action, readonly Grantee[]>>;

/** The rows of all features, an `AccessTable`. */
export const ACCESS_TABLE = Symbol('ACCESS_TABLE');

/** The input of an access rule: a request before validation, so every field may be missing. */
export interface AccessRequest {
  readonly params: unknown;
  readonly body: unknown;
}

/** The actions of a request, all of which must be allowed. */
export type AccessRule = (request: AccessRequest) => readonly Action[];

/** The scopes of API keys: all actions of services. */
export function scopesOf(table: AccessTable): Action[] {
  return (Object.keys(table) as Action[]).filter((action) => table[action].includes('service'));
}

/** Somebody whose rights are in question: a caller, or a user whether or not signed in. */
export type Candidate =
  Exclude<Principal, SignedInUser> | Pick<SignedInUser, 'kind' | 'userId' | 'role'>;

/** Whether the table allows a caller an action on a user (`targetId`). */
export function isAllowed(
  table: AccessTable,
  action: Action,
  principal: Candidate,
  { targetId, registrationOpen }: { targetId?: string | undefined; registrationOpen: boolean },
): boolean {
  const grants: Record<Grantee, boolean> = {
    public: true,
    registrant: registrationOpen && principal.kind === 'anonymous',
    'signed-in': principal.kind === 'user',
    self: principal.kind === 'user' && principal.userId === targetId,
    superuser: principal.kind === 'user' && principal.role === 'superuser',
    service: principal.kind === 'service' && includesScopes(principal.scopes, [action]),
  };
  return table[action].some((grantee) => grants[grantee]);
}
