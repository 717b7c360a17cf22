/** A maximum number of requests per window; a limit of 0 disables it. */
export interface Quota {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Features add the names of their declared limits per source, so that an undeclared name does not compile. */
// oxlint-disable-next-line typescript/no-empty-object-type -- merged with what features declare
export interface SourceLimits {}

/** The same, per account in the body. */
// oxlint-disable-next-line typescript/no-empty-object-type -- merged with what features declare
export interface AccountLimits {}

export type SourceLimit = keyof SourceLimits;
export type AccountLimit = keyof AccountLimits;

/**
 * Limits that routes can name in addition to the general one. The names are those of the `RateLimit`
 * headers. The quotas are read at the start, after the configuration.
 */
export interface RateLimits {
  readonly source: Readonly<Record<SourceLimit, () => Quota>>;
  readonly account: Readonly<Record<AccountLimit, () => Quota>>;
}

/** The limits of all features, `RateLimits`. */
export const RATE_LIMITS = Symbol('RATE_LIMITS');
