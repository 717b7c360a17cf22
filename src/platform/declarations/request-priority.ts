/**
 * Priorities of requests, highest first: sign-in and refresh, reads, writes, and lists and exports,
 * which cost most and can wait.
 */
export const requestPriorities = ['sign-in', 'read', 'write', 'bulk'] as const;
export type RequestPriority = (typeof requestPriorities)[number];
