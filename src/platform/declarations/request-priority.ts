/**
 * Who is let in first, best first: those who want to get in or stay in, who read, who write, and
 * whole lists and exports, which cost most and can wait best.
 */
export const requestPriorities = ['sign-in', 'read', 'write', 'bulk'] as const;
export type RequestPriority = (typeof requestPriorities)[number];
