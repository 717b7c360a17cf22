import { createRetry } from './retry.js';
import { RetryBudget } from './retry-budget.js';

class Passing extends Error {}

const retry = (retries = 2) =>
  createRetry({ name: 'test', retries, isRepeatable: (error) => error instanceof Passing });

/** A call that fails so often, and how often it was made. */
function failing(times: number, error: Error = new Passing()) {
  const made = { calls: 0 };
  const call = () => {
    made.calls += 1;
    return made.calls <= times ? Promise.reject(error) : Promise.resolve('done');
  };
  return { call, made };
}

describe('createRetry', () => {
  it('retries retryable failures up to the maximum', async () => {
    const twice = failing(2);
    await expect(retry()(twice.call)).resolves.toBe('done');
    expect(twice.made.calls).toBe(3);
    const thrice = failing(3);
    await expect(retry()(thrice.call)).rejects.toBeInstanceOf(Passing);
    expect(thrice.made.calls).toBe(3);
  });

  it('does not retry calls that may have succeeded', async () => {
    const lasting = new Error('may have arrived');
    const { call, made } = failing(1, lasting);
    await expect(retry()(call)).rejects.toBe(lasting);
    expect(made.calls).toBe(1);
  });

  it('stops retrying when half of its budget is used, for any number of callers', async () => {
    const policy = retry(1);
    const calls = Array.from({ length: 50 }, () => failing(2));
    for (const { call } of calls) await expect(policy(call)).rejects.toBeInstanceOf(Passing);
    // Ten tokens: failures 1 to 4 leave more than five of them.
    expect(calls.reduce((sum, { made }) => sum + made.calls - 1, 0)).toBe(2);
  });
});

describe('RetryBudget', () => {
  it('earns a tenth of a retry per success', () => {
    const budget = new RetryBudget();
    for (let failures = 0; failures < 100; failures += 1) budget.failed();
    expect(budget.allows()).toBe(false);
    for (let successes = 0; successes < 50; successes += 1) budget.succeeded();
    expect(budget.allows()).toBe(false);
    for (let successes = 0; successes < 10; successes += 1) budget.succeeded();
    expect(budget.allows()).toBe(true);
    budget.failed();
    expect(budget.allows()).toBe(false);
  });
});
