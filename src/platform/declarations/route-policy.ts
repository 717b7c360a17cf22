import type { FastifyContextConfig, FastifyRequest } from 'fastify';

import type { RequestPriority } from './request-priority.js';
import type { AccessRule, Action } from './access.js';
import type { AccountLimit, SourceLimit } from './rate-limits.js';

/**
 * Whether a request needs a second factor, where the caller's account has one.
 * @param request `own`: the caller's own account is affected. The body is not validated yet.
 */
export type StepUpRule = (request: { readonly body: unknown; readonly own: boolean }) => boolean;

/**
 * The policy of a route. Hooks and guards read it from the route; no other place names paths.
 * Optional properties have safe defaults.
 */
export interface RoutePolicy {
  /** The access actions of a request. */
  readonly access: Action | AccessRule;
  /** Priority when the demand exceeds the capacity. */
  readonly priority: RequestPriority | 'never-refused';
  /** Rate limits beside the general one. */
  readonly limits?: {
    readonly source?: readonly SourceLimit[];
    /** Counts by the `email` of the body. */
    readonly account?: AccountLimit;
  };
  /** `Cache-Control` of the answers; `no-store` by default. */
  readonly cache?: `public, max-age=${number}${'' | ', immutable'}`;
  /** `public`: reachable through the Ingress. Otherwise only in the cluster. */
  readonly exposure?: 'public';
  /** A page for people: it takes forms, which have their CSRF token in a field, and tells problems in HTML. */
  readonly page?: true;
  readonly idempotent?: true;
  /** Acts that a stolen session must not do. */
  readonly stepUp?: StepUpRule;
  /** Always hashes a password, so that admission control can decide before the body is read. */
  readonly hashesPassword?: true;
  /** Operators need it to list and end faults: fault switches never affect it. */
  readonly faultable?: false;
  /**
   * Called regularly by the platform: not traced, logged at DEBUG, never affected by faults, and
   * not counted by rate limits without credentials.
   */
  readonly probe?: true;
}

/**
 * The options of a route that Fastify serves without Nest. It has no guard and no generated path:
 * anybody in the cluster can call it.
 */
export function openRoute(
  policy: Omit<RoutePolicy, 'access' | 'exposure' | 'idempotent' | 'page'>,
): {
  config: FastifyContextConfig;
} {
  return { config: { policy: { ...policy, access: 'public' } } };
}

/** The policy of the matched route of a request; undefined without a match. */
export function policyOf({ routeOptions }: FastifyRequest): RoutePolicy | undefined {
  const config: FastifyContextConfig | undefined = routeOptions.config;
  return config?.policy;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy;
  }
}
