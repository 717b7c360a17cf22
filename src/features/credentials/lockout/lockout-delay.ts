/** Failed sign-ins of one origin. */
export interface Failures {
  readonly count: number;
  /** Seconds since the last one. */
  readonly age: number;
}

export interface LockoutRule {
  readonly threshold: number;
  readonly windowSeconds: number;
  readonly maxSeconds: number;
}

/**
 * Whether the next attempt of an origin is too early. From the threshold on the delay is 1 s, and
 * doubles after each further failure up to the maximum. A window without a failure resets it.
 */
export function isDelayed({ count, age }: Failures, rule: LockoutRule): boolean {
  if (count < rule.threshold || age >= rule.windowSeconds) return false;
  return age < Math.min(2 ** (count - rule.threshold), rule.maxSeconds);
}
