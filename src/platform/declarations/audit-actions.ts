/** Features add the names of their declared audit actions, so that an undeclared name does not compile. */
// oxlint-disable-next-line typescript/no-empty-object-type -- merged with what features declare
export interface AuditActions {}

export type AuditAction = keyof AuditActions;
