import type { FastifyContextConfig, FastifyRequest } from 'fastify';

import type { RequestPriority } from './request-priority.js';
import type { AccessRule, Action } from './access.js';

/** Limits per source that routes can declare beside the general one. */
export type SourceLimit = 'logins' | 'signups' | 'tokens';

/** Limits per account that routes can declare. */
export type AccountLimit = 'mails';

/**
 * Everything that holds for a route beside what it does. Hooks and guards read it from the route;
 * no other place names paths. What may be left out has a default that is safe to forget.
 */
export interface RoutePolicy {
  /** What a request amounts to, by the access table. */
  readonly access: Action | AccessRule;
  /** Who is let in first while there is less capacity than demand. */
  readonly priority: RequestPriority | 'never-refused';
  /** Rate limits beside the general one. */
  readonly limits?: {
    readonly source?: readonly SourceLimit[];
    /** Counts by the `email` of the body. */
    readonly account?: AccountLimit;
  };
  /** `Cache-Control` of the answers; those that no cache may keep unless it says something else. */
  readonly cache?: `public, max-age=${number}`;
  /** `public`: the Ingress lets it in. Otherwise only the cluster reaches it. */
  readonly exposure?: 'public';
  /** Honours `Idempotency-Key`. */
  readonly idempotent?: true;
  /** Hashes a password whatever the body says, so that admission can tell before the body is read. */
  readonly hashesPassword?: true;
  /** Operators need it to see and to end faults: fault switches never touch it. */
  readonly faultable?: false;
  /**
   * The platform asks for it all the time: it is not traced, logged at DEBUG, no fault touches it,
   * and without credentials no rate limit counts it.
   */
  readonly probe?: true;
}

/**
 * The options of a route that Fastify serves without Nest. No guard stands before it, and no
 * generated path leads to it: it is for anybody in the cluster.
 */
export function openRoute(policy: Omit<RoutePolicy, 'access' | 'exposure' | 'idempotent'>): {
  config: FastifyContextConfig;
} {
  return { config: { policy: { ...policy, access: 'public' } } };
}

/** The policy of the route that a request has found; nothing where there is no route. */
export function policyOf({ routeOptions }: FastifyRequest): RoutePolicy | undefined {
  const config: FastifyContextConfig | undefined = routeOptions.config;
  return config?.policy;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy;
  }
}
