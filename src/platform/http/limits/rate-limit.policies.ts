import type { Quota, RateLimits } from '../../declarations/rate-limits.js';
import type { RoutePolicy } from '../../declarations/route-policy.js';
import { limitsConfig } from './limits.config.js';

/** A quota with its name in the `RateLimit` headers. */
export interface Policy extends Quota {
  readonly name: string;
}

/** The limits of a route: per source, and per account in the body. */
export interface RouteLimits {
  readonly source: readonly Policy[];
  readonly account: readonly Policy[];
}

export const NO_LIMITS: RouteLimits = { source: [], account: [] };

/** A quota for the configured window. */
export function perWindow(limit: number): Quota {
  return { limit, windowSeconds: limitsConfig().windowSeconds };
}

/**
 * Resolves the limits that routes name to policies, without the disabled ones.
 * @param general the quota of each source for all routes together.
 */
export function limitResolver({ source, account }: RateLimits, general: Quota) {
  const requests: Policy = { name: 'requests', ...general };
  const on = (policies: readonly Policy[]) => policies.filter(({ limit }) => limit !== 0);
  return ({ limits = {} }: Pick<RoutePolicy, 'limits'> = {}): RouteLimits => ({
    source: on([requests, ...(limits.source ?? []).map((name) => ({ name, ...source[name]() }))]),
    account: on(
      limits.account === undefined ? [] : [{ name: limits.account, ...account[limits.account]() }],
    ),
  });
}
