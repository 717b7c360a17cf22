import { setTimeout as delay } from 'node:timers/promises';

import { metrics } from '@opentelemetry/api';
import { ExponentialBackoff } from 'cockatiel';

import { fromZero } from '../common/from-zero.js';
import { RetryBudget } from './retry-budget.js';

/** Short, because a request may be waiting; decorrelated jitter is cockatiel's default. */
const BACKOFF = { initialDelay: 50, maxDelay: 500 };

export interface RetryOptions {
  /** Name of the dependency: a metric label. */
  readonly name: string;
  /** Attempts after the first. */
  readonly retries: number;
  /** Whether a failed call may be repeated without doing anything twice. */
  readonly isRepeatable: (error: unknown) => boolean;
}

/** Repeats calls after a pause with jitter, a few times, and within a budget. */
export function createRetry({ name, retries, isRepeatable }: RetryOptions) {
  const budget = new RetryBudget();
  const backoff = new ExponentialBackoff(BACKOFF);
  const counter = metrics.getMeter('resilience').createCounter('dependency_retries_total', {
    unit: '{retry}',
    description: 'Failed calls that could be repeated: retried, or not for want of budget.',
  });
  fromZero(counter, { name: [name], result: ['retried', 'budget_spent'] });
  const permitted = (left: number) => {
    if (left === 0) return false;
    const allowed = budget.allows();
    counter.add(1, { name, result: allowed ? 'retried' : 'budget_spent' });
    return allowed;
  };
  return async <Result>(call: () => Promise<Result>): Promise<Result> => {
    let pause = backoff.next();
    for (let left = retries; ; left -= 1) {
      try {
        const result = await call();
        budget.succeeded();
        return result;
      } catch (error) {
        if (!isRepeatable(error)) throw error;
        budget.failed();
        if (!permitted(left)) throw error;
      }
      await delay(pause.duration);
      pause = pause.next(undefined);
    }
  };
}
