import { timeout, TimeoutStrategy } from 'cockatiel';

/** A call took longer than its policy allows; whether it arrived is unknown. */
export class CallTimedOut extends Error {
  override readonly name = 'CallTimedOut';

  constructor(milliseconds: number, options?: ErrorOptions) {
    super(`no answer within ${milliseconds} ms`, options);
  }
}

export interface TimeLimitOptions {
  readonly timeoutMs: number;
  /** Whether to turn away from calls that go on in spite of their signal; otherwise they are waited for. */
  readonly abandon: boolean;
}

/** Ends calls by their signal after a time. @throws CallTimedOut */
export function createTimeLimit({ timeoutMs, abandon }: TimeLimitOptions) {
  const strategy = abandon ? TimeoutStrategy.Aggressive : TimeoutStrategy.Cooperative;
  const policy = timeout(timeoutMs, { strategy, abortOnReturn: false });
  return async <Result>(call: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
    let given: AbortSignal | undefined;
    try {
      return await policy.execute(async ({ signal }) => {
        given = signal;
        return call(signal);
      });
    } catch (error) {
      throw given?.aborted === true ? new CallTimedOut(timeoutMs, { cause: error }) : error;
    }
  };
}
