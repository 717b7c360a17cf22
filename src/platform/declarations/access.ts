import type { Principal } from '../common/request/principal.js';

/**
 * Who may do something: `self` is the user it is done to; `signed-in` is any user, for what can
 * only be done to oneself; `registrant` is anybody while registration is open; `public` is
 * everybody, always.
 */
export type Grantee = 'public' | 'registrant' | 'signed-in' | 'self' | 'superuser' | 'service';

/**
 * What can be done. Features add the names of the actions that they declare, so that a name that
 * nobody declares does not compile.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- merged with what features declare
export interface Actions {}

export type Action = keyof Actions;

/** The access table. Nothing else decides. */
export type AccessTable = Readonly<Record<Action, readonly Grantee[]>>;

/** The rows of all features, an `AccessTable`. */
export const ACCESS_TABLE = Symbol('ACCESS_TABLE');

/** What the guard shows a rule: a request before validation, so every field may be missing. */
export interface AccessRequest {
  readonly params: unknown;
  readonly body: unknown;
}

/** The actions a request amounts to, all of which must be allowed. */
export type AccessRule = (request: AccessRequest) => readonly Action[];

/** Whether a caller may do something to a user (`targetId`), by its row of the table. */
export function isAllowed(
  grantees: readonly Grantee[],
  principal: Principal,
  { targetId, registrationOpen }: { targetId?: string | undefined; registrationOpen: boolean },
): boolean {
  const grants: Record<Grantee, boolean> = {
    public: true,
    registrant: registrationOpen && principal.kind === 'anonymous',
    'signed-in': principal.kind === 'user',
    self: principal.kind === 'user' && principal.userId === targetId,
    superuser: principal.kind === 'user' && principal.role === 'superuser',
    service: principal.kind === 'service',
  };
  return grantees.some((grantee) => grants[grantee]);
}
