export const roles = ['user', 'superuser'] as const;
export type Role = (typeof roles)[number];

/**
 * Assurance levels of a session (`acr`), as in NIST SP 800-63B: `aal2` is proved by two factors, or by
 * one that counts as two.
 */
export const assuranceLevels = ['aal1', 'aal2'] as const;
export type AssuranceLevel = (typeof assuranceLevels)[number];

/** A user who proved it with an access token; role and proof are the current ones. */
export interface SignedInUser {
  readonly kind: 'user';
  readonly userId: string;
  readonly role: Role;
  /** The role that the caller has once the session is `aal2`; only where it is not `role`. */
  readonly withheldRole?: Role;
  readonly sessionId: string;
  readonly acr: AssuranceLevel;
  /** When the user last proved it, in seconds since 1970. */
  readonly authTime: number;
  /** That of the user: a change ends the session. */
  readonly credentialsVersion: number;
}

/** The scope that includes all actions of services. */
export const EVERY_SCOPE = '*';

/** Another service, which proved it with an API key. */
export interface Service {
  readonly kind: 'service';
  /** Id of the key; undefined for the keys of `API_KEY`. */
  readonly keyId?: string;
  /** Actions that the key grants. */
  readonly scopes: ReadonlySet<string>;
}

/** Whether a key with these scopes grants all of the given ones. */
export function includesScopes(held: ReadonlySet<string>, scopes: readonly string[]): boolean {
  return held.has(EVERY_SCOPE) || scopes.every((scope) => held.has(scope));
}

/** The authenticated caller of a request. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | SignedInUser
  | Service
  /** A one-off command, whose operator has access to the database anyway. */
  | { readonly kind: 'command' };

export const anonymous: Principal = { kind: 'anonymous' };

/** The id of a user or an API key; undefined for other callers. */
export function idOf(principal: Principal): string | undefined {
  if (principal.kind === 'user') return principal.userId;
  return principal.kind === 'service' ? principal.keyId : undefined;
}
