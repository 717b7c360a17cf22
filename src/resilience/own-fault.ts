/** A service refused our credentials or rights: whatever it is asked, it will go on doing so. */
export const OWN_FAULT: ReadonlySet<number> = new Set([401, 403]);
