/** Maximum tokens; all values are from the example in A6. */
const MAX_TOKENS = 10;
/** Tokens earned by a successful call: at most one retry per ten successes in the long run. */
const TOKEN_RATIO = 0.1;

/**
 * Limits retries to a share of the calls, so that a failing dependency does not get extra load:
 * gRPC's retry throttling (proposal A6, "Throttling Retry Attempts and Hedged RPCs"). A failure
 * costs a token, a success earns a tenth of one, and nothing is retried while half of them are
 * used. The limit of a tenth is the retry budget of Google's Site Reliability Engineering (2016,
 * chapter 21).
 */
export class RetryBudget {
  private tokens = MAX_TOKENS;

  succeeded(): void {
    this.tokens = Math.min(MAX_TOKENS, this.tokens + TOKEN_RATIO);
  }

  failed(): void {
    this.tokens = Math.max(0, this.tokens - 1);
  }

  /** Whether a retry may be made now. */
  allows(): boolean {
    return this.tokens > MAX_TOKENS / 2;
  }
}
