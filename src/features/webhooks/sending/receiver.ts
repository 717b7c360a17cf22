/** Deliveries to a webhook at once, of one process. */
export const SLOTS = 64;
/** The same after a slow or failed attempt: a few hundred such webhooks need no more sockets than a process has. */
const FEW_SLOTS = 16;
/** An attempt that takes longer, in milliseconds, is slow. */
const SLOW_MS = 1000;
/** Failures in a row that open the breaker. */
const FAILURES_TO_OPEN = 10;
/** Milliseconds until a trial. */
const TRIAL_AFTER_MS = 5000;

/** 0 closed, 1 half-open, 2 open, as the metric of all breakers has it. */
type BreakerState = 0 | 1 | 2;

/** A start of a webhook: another URL, and the end of a pause, begin a new one. */
export interface ReceiverStart {
  readonly webhookId: string;
  /** When it was, as the database writes it. */
  readonly triedSince: string;
}

/**
 * What a process knows of the receiver behind a webhook: its bulkhead and its circuit breaker. It is asked before
 * deliveries are claimed, so that a refusal costs nothing and counts as no attempt.
 */
export class Receiver {
  private active = 0;
  private failures = 0;
  private struggles = false;
  private trialAt = 0;
  /** When it was used last, in milliseconds of `performance.now()`. */
  usedAt = performance.now();

  constructor(readonly triedSince: string) {}

  /** How many more deliveries may begin now. */
  get room(): number {
    const most = [this.struggles ? FEW_SLOTS : SLOTS, 1, 0][this.state] ?? 0;
    return Math.max(0, most - this.active);
  }

  get state(): BreakerState {
    if (this.failures < FAILURES_TO_OPEN) return 0;
    return performance.now() < this.trialAt ? 2 : 1;
  }

  get isIdle(): boolean {
    return this.active === 0;
  }

  /** Runs an attempt. @param attempt never throws, and tells whether the receiver took the event. */
  async run<Outcome extends { readonly taken: boolean }>(
    attempt: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const begun = performance.now();
    this.active += 1;
    const outcome = await attempt();
    this.active -= 1;
    this.usedAt = performance.now();
    this.struggles = !outcome.taken || this.usedAt - begun > SLOW_MS;
    this.failures = outcome.taken ? 0 : this.failures + 1;
    if (!outcome.taken) this.trialAt = this.usedAt + TRIAL_AFTER_MS;
    return outcome;
  }
}
