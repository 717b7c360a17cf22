import type { ConfigType } from '@nestjs/config';

import type { AccountLimit, RoutePolicy, SourceLimit } from '../../declarations/route-policy.js';
import type { limitsConfig } from './limits.config.js';

/** A maximum number of requests per window. */
export interface Policy {
  /** Its name in the `RateLimit` headers. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** The limits of a route: per source, and per account in the body. */
export interface RouteLimits {
  readonly source: readonly Policy[];
  readonly account: readonly Policy[];
}

export const NO_LIMITS: RouteLimits = { source: [], account: [] };

/**
 * Mails that strangers can trigger to one address: enough for a person, too few to flood a mailbox.
 */
const ACCOUNT_MAILS = { limit: 10, windowSeconds: 3600 } as const;

/**
 * Resolves the declared limits of routes to the configured policies; a limit of 0 disables its
 * policies.
 *
 * Log-ins have no limit per account, only per source: an attacker could use up an account limit and
 * lock the owner out. The lockout counts by account and recognises the owner's devices.
 * `/auth/refresh` falls under the general limit: its tokens cannot be guessed, and whole offices
 * share an address.
 */
export function limitResolver(config: ConfigType<typeof limitsConfig>) {
  const { windowSeconds } = config;
  const general: Policy = { name: 'requests', limit: config.requests, windowSeconds };
  const source: Readonly<Record<SourceLimit, Policy>> = {
    logins: { name: 'logins', limit: config.logins, windowSeconds },
    signups: { name: 'signups', limit: config.signups, windowSeconds },
    // Counted separately from log-ins, so that wrong passwords do not use up resets.
    tokens: { name: 'tokens', limit: config.logins, windowSeconds },
  };
  const account: Readonly<Record<AccountLimit, Policy>> = {
    mails: { name: 'mails', ...ACCOUNT_MAILS, ...(config.logins === 0 && { limit: 0 }) },
  };
  const on = (policies: readonly Policy[]) => policies.filter(({ limit }) => limit !== 0);
  return ({ limits = {} }: Pick<RoutePolicy, 'limits'> = {}): RouteLimits => ({
    source: on([general, ...(limits.source ?? []).map((name) => source[name])]),
    account: on(limits.account === undefined ? [] : [account[limits.account]]),
  });
}
