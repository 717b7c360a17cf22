export const roles = ['user', 'superuser'] as const;
export type Role = (typeof roles)[number];

/** A user who proved it with an access token; the role is the current one. */
export interface SignedInUser {
  readonly kind: 'user';
  readonly userId: string;
  readonly role: Role;
  readonly sessionId: string;
}

/** Who makes a request, as far as their credentials prove. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | SignedInUser
  | { readonly kind: 'service' }
  /** A one-off command: its operator has the database anyway. */
  | { readonly kind: 'command' };

export const anonymous: Principal = { kind: 'anonymous' };
