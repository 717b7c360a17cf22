import { timeout, TimeoutStrategy } from 'cockatiel';

/** A call took longer than its policy allows; whether it arrived is unknown. */
export class CallTimedOut extends Error {
  override readonly name = 'CallTimedOut';

  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

export interface TimeLimitOptions {
  readonly timeoutMs: number;
}

/**
 * Aborts calls by their signal after a time limit, and abandons those that ignore it.
 * @throws CallTimedOut
 */
export function createTimeLimit({ timeoutMs }: TimeLimitOptions) {
  const policy = timeout(timeoutMs, {
    strategy: TimeoutStrategy.Aggressive,
    abortOnReturn: false,
  });
  return async <Result>(call: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
    let given: AbortSignal | undefined;
    try {
      return await policy.execute(async ({ signal }) => {
        given = signal;
        return call(signal);
      });
    } catch (error) {
      throw given?.aborted === true ? new CallTimedOut(timeoutMs) : error;
    }
  };
}
