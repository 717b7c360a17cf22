/** Most tokens; what A6 shows as an example, and so are the others. */
const MAX_TOKENS = 10;
/** What a call that succeeds gives back: at most one retry per ten of them in the long run. */
const TOKEN_RATIO = 0.1;

/**
 * Limits retries to a share of the calls, so that a dependency in trouble is not given more work
 * for it: gRPC's retry throttling (proposal A6, "Throttling Retry Attempts and Hedged RPCs"). A
 * failure costs a token, a success earns a tenth of one, and nothing is retried while half of them
 * are gone. The limit of a tenth is the retry budget of Google's Site Reliability Engineering
 * (2016, chapter 21).
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
