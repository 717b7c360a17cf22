export interface AimdOptions {
  readonly initial: number;
  readonly least: number;
  readonly most: number;
  /** Added at each step at which there was no congestion and the limit was in use. */
  readonly increase: number;
  /** What is left of the limit after a step with congestion; 0.5 to 1. */
  readonly backoff: number;
}

/**
 * A limit of requests in flight that adapts itself: additive increase, multiplicative decrease, as
 * TCP does it (Chiu and Jain 1989) and `AIMDLimit` of Netflix's concurrency-limits does it for
 * requests. Like there, it grows only while at least half of it is in use, so that it does not grow
 * at low load; unlike there, it is updated per time window instead of per request, and shrinks from
 * the number in flight, so that one window is enough to take effect.
 */
export class AimdLimit {
  current: number;

  constructor(private readonly options: AimdOptions) {
    this.current = options.initial;
  }

  /**
   * Updates the limit after a window.
   * @param peak most requests in flight during it.
   * @param congested whether there was congestion.
   */
  update(peak: number, congested: boolean): void {
    const { least, most, increase, backoff } = this.options;
    const { current } = this;
    if (congested) this.current = Math.max(least, Math.floor(Math.min(current, peak) * backoff));
    else if (peak * 2 >= current) this.current = Math.min(most, current + increase);
  }
}
