import { type Counter, metrics } from '@opentelemetry/api';
import { isBrokenCircuitError } from 'cockatiel';

import { fromZero } from '../common/from-zero.js';
import { Overloaded } from '../problems/problem.js';
import { type BreakerOptions, createBreaker } from './circuit-breaker.js';
import { createRetry, type RetryOptions } from './retry.js';
import { CallTimedOut, createTimeLimit, type TimeLimitOptions } from './time-limit.js';

/**
 * Runs a call with all policies of a dependency, or refuses it; errors of the call pass through.
 */
export type DependencyPolicy = <Result>(
  call: (signal: AbortSignal) => Promise<Result>,
) => Promise<Result>;

export interface DependencyPolicyOptions extends RetryOptions, BreakerOptions, TimeLimitOptions {
  /** Runs a call in a slot of the dependency's bulkhead. @throws Overloaded without a free slot. */
  readonly inSlot: <Result>(call: () => Promise<Result>) => Promise<Result>;
}

/**
 * One policy out of five: calls are counted; each takes a slot for as long as it lasts, retries
 * included; every attempt passes the breaker; every attempt is limited in time.
 */
export function createDependencyPolicy(options: DependencyPolicyOptions): DependencyPolicy {
  const counted = createCallCounter(options.name);
  const { inSlot } = options;
  const repeated = createRetry(options);
  const unlessBroken = createBreaker(options);
  const inTime = createTimeLimit(options);
  return (call) => counted(() => inSlot(() => repeated(() => unlessBroken(() => inTime(call)))));
}

function createCallCounter(name: string) {
  const counter: Counter = metrics.getMeter('resilience').createCounter('dependency_calls_total', {
    unit: '{call}',
    description: 'Calls of a dependency, retries not counted, by how they ended.',
  });
  fromZero(counter, { name: [name], result: ENDS });
  return async <Result>(call: () => Promise<Result>): Promise<Result> => {
    try {
      const result = await call();
      counter.add(1, { name, result: 'success' });
      return result;
    } catch (error) {
      counter.add(1, { name, result: endOf(error) });
      throw error;
    }
  };
}

const ENDS = ['success', 'failure', 'timeout', 'circuit_open', 'bulkhead_full'] as const;

function endOf(error: unknown): (typeof ENDS)[number] {
  if (isBrokenCircuitError(error)) return 'circuit_open';
  if (error instanceof Overloaded) return 'bulkhead_full';
  return error instanceof CallTimedOut ? 'timeout' : 'failure';
}
