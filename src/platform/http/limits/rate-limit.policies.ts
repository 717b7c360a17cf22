import type { ConfigType } from '@nestjs/config';

import { PROBES } from '../../common/probes.js';
import type { limitsConfig } from './limits.config.js';

/** So many requests in a window. */
export interface Policy {
  /** Its name in the `RateLimit` headers. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** The policies of a route: per source, and per account that the body names. */
export interface RoutePolicies {
  readonly source: readonly Policy[];
  readonly account: readonly Policy[];
}

/** Mails that strangers can have sent to one address: enough for a person, no use as a bomb. */
const ACCOUNT_MAILS = { limit: 10, windowSeconds: 3600 } as const;

/**
 * Which policies hold for a request, by method and template of its route, and by whether it brings
 * credentials; a limit of 0 switches its policies off.
 *
 * Log-ins have no limit per account beside that per source: whoever spends it would lock the
 * owner out. The lockout counts by account and knows the owner's devices. `/auth/refresh` falls
 * under the general limit: its tokens cannot be guessed, and whole offices share an address.
 */
export function routePolicies(config: ConfigType<typeof limitsConfig>) {
  const { windowSeconds } = config;
  const on = (...policies: Policy[]) => (policies[0]?.limit === 0 ? [] : policies);
  const requests = on({ name: 'requests', limit: config.requests, windowSeconds });
  const logins = on({ name: 'logins', limit: config.logins, windowSeconds });
  const signups = on({ name: 'signups', limit: config.signups, windowSeconds });
  // Counted apart from log-ins, so that wrong passwords use up no reset.
  const tokens = on({ name: 'tokens', limit: config.logins, windowSeconds });
  const mails = config.logins === 0 ? [] : [{ name: 'mails', ...ACCOUNT_MAILS }];

  const general: RoutePolicies = { source: requests, account: [] };
  const none: RoutePolicies = { source: [], account: [] };
  const redeeming: RoutePolicies = { source: [...requests, ...tokens], account: [] };
  const mailing: RoutePolicies = { source: [...requests, ...tokens], account: mails };
  const special: Readonly<Record<string, RoutePolicies>> = {
    'POST /users': { source: [...requests, ...signups], account: [] },
    'POST /auth/login': { source: [...requests, ...logins], account: [] },
    'POST /auth/verify-email': redeeming,
    'POST /auth/password/reset': redeeming,
    'POST /auth/verify-email/resend': mailing,
    'POST /auth/password/forgot': mailing,
  };
  return (method: string, url: string | undefined, credentials: boolean): RoutePolicies => {
    // They need no credential: who brings one may be guessing.
    if (!credentials && url !== undefined && PROBES.includes(url)) return none;
    return (method === 'POST' && special[`POST ${url}`]) || general;
  };
}
