import { Overloaded } from '../problems/problem.js';
import { createDependencyPolicy, type DependencyPolicyOptions } from './dependency-policy.js';
import { wasRefusedByPolicy } from './never-sent.js';
import { CallTimedOut } from './time-limit.js';

const states: string[] = [];
const uses: string[] = [];

const policy = (options: Partial<DependencyPolicyOptions> = {}) =>
  createDependencyPolicy({
    name: 'test',
    inSlot: (call) => call(),
    retries: 0,
    isRepeatable: () => false,
    failuresToOpen: 2,
    trialAfterMs: 60_000,
    isFailure: () => true,
    onChange: (state) => states.push(state),
    outage: { failed: () => uses.push('failed'), succeeded: () => uses.push('succeeded') },
    timeoutMs: 60_000,
    ...options,
  });

const fails = () => Promise.reject(new Error('unwell'));

describe('createDependencyPolicy', () => {
  beforeEach(() => {
    states.splice(0);
    uses.splice(0);
  });

  it('passes results and errors through', async () => {
    await expect(policy()(() => Promise.resolve(7))).resolves.toBe(7);
    await expect(policy()(fails)).rejects.toThrow('unwell');
  });

  it('refuses calls without a slot', async () => {
    const call = policy({ inSlot: () => Promise.reject(new Overloaded()) });
    const error: unknown = await call(fails).catch((cause: unknown) => cause);
    expect(wasRefusedByPolicy(error)).toBe(true);
  });

  it('refuses calls after failures in a row, until a trial succeeds', async () => {
    const call = policy({ trialAfterMs: 0 });
    await expect(call(fails)).rejects.toThrow('unwell');
    await call(() => Promise.resolve());
    await expect(call(fails)).rejects.toThrow('unwell');
    expect(states).toEqual([]);
    await expect(call(fails)).rejects.toThrow('unwell');
    expect(states).toEqual(['open']);
    await expect(call(fails)).rejects.toThrow('unwell');
    await call(() => Promise.resolve());
    expect(states).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);

    const patient = policy();
    for (const attempt of [fails, fails]) await expect(patient(attempt)).rejects.toThrow('unwell');
    const error: unknown = await patient(() => Promise.resolve()).catch((cause: unknown) => cause);
    expect(wasRefusedByPolicy(error)).toBe(true);
  });

  it('does not count errors that are not failures of the dependency', async () => {
    const call = policy({ isFailure: () => false });
    for (let count = 0; count < 5; count += 1) await expect(call(fails)).rejects.toThrow('unwell');
    expect(states).toEqual([]);
    expect(new Set(uses)).toEqual(new Set(['succeeded']));
  });

  it('reports failures of the dependency, and answered calls', async () => {
    const call = policy({ failuresToOpen: 5 });
    await expect(call(fails)).rejects.toThrow('unwell');
    await call(() => Promise.resolve());
    expect(uses).toEqual(['failed', 'succeeded']);
  });

  it('aborts a call that exceeds its time limit by its signal', async () => {
    const call = policy({ timeoutMs: 5 });
    let interrupted = false;
    const attempt = call(
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            interrupted = true;
            reject(new Error('interrupted'));
          });
        }),
    );
    await expect(attempt).rejects.toBeInstanceOf(CallTimedOut);
    expect(interrupted).toBe(true);
  });

  it('stops waiting for a call that ignores its signal', async () => {
    const call = policy({ timeoutMs: 5 });
    await expect(call(() => new Promise(() => undefined))).rejects.toBeInstanceOf(CallTimedOut);
  });

  it('takes one slot for all attempts of a call', async () => {
    let slots = 0;
    const call = policy({
      inSlot: (made) => {
        slots += 1;
        return made();
      },
      retries: 2,
      isRepeatable: () => true,
      failuresToOpen: 9,
    });
    let attempts = 0;
    await expect(
      call(() => ((attempts += 1) < 3 ? fails() : Promise.resolve('done'))),
    ).resolves.toBe('done');
    expect([attempts, slots]).toEqual([3, 1]);
  });
});
