export const roles = ['user', 'superuser'] as const;
export type Role = (typeof roles)[number];

/** A user who proved it with an access token; the role is the current one. */
export interface SignedInUser {
  readonly kind: 'user';
  readonly userId: string;
  readonly role: Role;
  readonly sessionId: string;
}

/** The authenticated caller of a request. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | SignedInUser
  | { readonly kind: 'service' }
  /** A one-off command, whose operator has access to the database anyway. */
  | { readonly kind: 'command' };

export const anonymous: Principal = { kind: 'anonymous' };
