import { PROBES } from '../common/probes.js';

/**
 * Who is let in first, best first: those who want to get in or stay in, who read, who write, and
 * whole lists and exports, which cost most and can wait best.
 */
export const requestPriorities = ['sign-in', 'read', 'write', 'bulk'] as const;
export type RequestPriority = (typeof requestPriorities)[number];

/** Kubelet, Prometheus, and operators who want to see or end what is wrong: never refused. */
const NEVER_REFUSED = new Set([...PROBES, '/admin/faults', '/admin/log-level']);

const SIGN_IN = new Set(['/auth/login', '/auth/refresh']);

const BULK = new Set(['GET /users', 'GET /users/:id/export', 'GET /admin/audit']);

/** The priority of a route, by its method and template; nothing for what is never refused. */
export function priorityOf(method: string, url: string): RequestPriority | undefined {
  if (NEVER_REFUSED.has(url)) return undefined;
  if (SIGN_IN.has(url)) return 'sign-in';
  if (BULK.has(`${method === 'HEAD' ? 'GET' : method} ${url}`)) return 'bulk';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}
