/** Audit actions beside those of `Feature.auditActions`. */
export const auditActions = [
  'user.created',
  'user.sign-up-repeated',
  'user.exported',
  'users.exported',
  'user.updated',
  'user.status-changed',
  'user.role-changed',
  'user.email-changed',
  'user.email-verified',
  'user.password-changed',
  'user.password-reset',
  'user.password-rehashed',
  'user.tier-changed',
  'user.deleted',
  'user.erased',
  'auth.signed-in',
  'auth.signed-out',
  'auth.password-refused',
  'auth.refresh-reused',
  'auth.session-revoked',
  'auth.sessions-revoked',
  'auth.verification-requested',
  'auth.password-reset-requested',
  'log-level.returned',
  'payment.requested',
  'payment.declined',
  'payment.not-charged',
  'payment.orphaned',
  'log-level.changed',
  'faults.begun',
  'faults.ended',
] as const;

/**
 * Features add the names of their declared actions, so that an undeclared name does not compile.
 */
export interface AuditActions extends Record<(typeof auditActions)[number], true> {}

export type AuditAction = keyof AuditActions;
