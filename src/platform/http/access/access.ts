import type { Principal } from '../../common/principal.js';

/**
 * Who may do something: `self` is the user it is done to; `signed-in` is any user, for what can
 * only be done to oneself; `registrant` is anybody while registration is open; `public` is
 * everybody, always.
 */
export type Grantee = 'public' | 'registrant' | 'signed-in' | 'self' | 'superuser' | 'service';

/** The access table of the service: what can be done, and by whom. Nothing else decides. */
export const accessTable = {
  public: ['public'],
  /** One's own account, sessions and sign-out. */
  'account:own': ['signed-in'],
  'users:create': ['registrant', 'superuser', 'service'],
  'users:create-paid': ['superuser', 'service'],
  'users:list': ['superuser', 'service'],
  'users:read': ['self', 'superuser', 'service'],
  'users:delete': ['self', 'superuser', 'service'],
  'users:export': ['self', 'superuser', 'service'],
  'users:tier': ['self', 'superuser', 'service'],
  'users:sign-out': ['self', 'superuser', 'service'],
  'users:rename': ['self', 'superuser', 'service'],
  'users:set-email': ['self', 'superuser', 'service'],
  'users:set-password': ['self'],
  'users:set-status': ['superuser', 'service'],
  'users:set-role': ['superuser'],
  'admin:audit': ['superuser', 'service'],
  'admin:log-level': ['superuser', 'service'],
  'admin:faults': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

export type Action = keyof typeof accessTable;

/** What the guard shows a rule: a request before validation, so every field may be missing. */
export interface AccessRequest {
  readonly params: unknown;
  readonly body: unknown;
}

/** The actions a request amounts to, all of which must be allowed. */
export type AccessRule = (request: AccessRequest) => readonly Action[];

/** Whether a caller may do something to a user (`targetId`), by the table. */
export function isAllowed(
  action: Action,
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
  return accessTable[action].some((grantee) => grants[grantee]);
}
