import { Injectable } from '@nestjs/common';

import { RateLimited } from '../../problems/problem.js';
import type { Count } from '../../redis/local-counters.js';
import { SharedCounters } from '../../redis/shared-counters.js';
import type { Policy } from './rate-limit.policies.js';

/** Counts requests by policy, for all replicas together. */
@Injectable()
export class RateLimiter {
  constructor(private readonly counters: SharedCounters) {}

  /**
   * Counts one request of a subject, a source or an account, under each policy.
   * @returns headers with the remaining quota.
   * @throws RateLimited with the same headers when a limit is reached.
   */
  async admit(subject: string, policies: readonly Policy[]): Promise<Record<string, string>> {
    // The braces keep the keys of a subject on one node of a Redis cluster.
    const windows = policies.map(({ name, windowSeconds }) => ({
      key: `limit:{${subject}}:${name}`,
      windowMs: windowSeconds * 1000,
    }));
    // A flood is refused from memory, without a Redis call.
    const known = windows.map(({ key }) => this.counters.peek(key));
    const spent = policies.some(({ limit }, index) => (known[index]?.count ?? 0) >= limit);
    const counts = spent ? known.map(counted) : await this.counters.increment(windows);
    const headers = rateLimitHeaders(policies, counts);
    const waits = policies.flatMap(({ limit }, index) => {
      const { count, remainingMs } = counts[index] ?? NOTHING;
      return count > limit ? [Math.ceil(remainingMs / 1000)] : [];
    });
    if (waits.length > 0) throw new RateLimited(Math.max(...waits), headers);
    return headers;
  }
}

const NOTHING: Count = { count: 0, remainingMs: 0 };

/** This request included. */
function counted(known: Count | undefined): Count {
  return known ? { ...known, count: known.count + 1 } : NOTHING;
}

/**
 * draft-ietf-httpapi-ratelimit-headers-10: policies with quota `q` and window `w`, the remaining
 * requests (`r`) and the seconds until the reset (`t`).
 */
export function rateLimitHeaders(
  policies: readonly Policy[],
  counts: readonly Count[],
): Record<string, string> {
  const policy = policies.map(
    ({ name, limit, windowSeconds }) => `"${name}";q=${limit};w=${windowSeconds}`,
  );
  const standing = policies.map(({ name, limit, windowSeconds }, index) => {
    const { count, remainingMs } = counts[index] ?? NOTHING;
    const seconds = count === 0 ? windowSeconds : Math.ceil(remainingMs / 1000);
    return `"${name}";r=${Math.max(0, limit - count)};t=${seconds}`;
  });
  return { 'RateLimit-Policy': policy.join(', '), RateLimit: standing.join(', ') };
}
