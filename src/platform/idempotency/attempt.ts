import { context, createContextKey } from '@opentelemetry/api';

/** One execution of a request that carries an `Idempotency-Key`. */
export interface Attempt {
  readonly scope: string;
  readonly key: string;
  /** Proves that the key is still this attempt's own. */
  readonly holder: string;
  /** The answer was stored, at least in a transaction that may yet fail. */
  stored: boolean;
}

const ATTEMPT = createContextKey('idempotent attempt');

/** The attempt this code runs in; nothing when the request carries no key. */
export function currentAttempt(): Attempt | undefined {
  return context.active().getValue(ATTEMPT) as Attempt | undefined;
}

/** Runs `fn`, and all it calls, as the given attempt. */
export function runAttempt<Result>(attempt: Attempt, fn: () => Result): Result {
  return context.with(context.active().setValue(ATTEMPT, attempt), fn);
}
