/** Statuses by which a service refuses our credentials or rights. Every further call would be refused as well. */
export const CREDENTIALS_REFUSED: ReadonlySet<number> = new Set([401, 403]);
