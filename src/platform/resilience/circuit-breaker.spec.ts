import { createBreaker } from './circuit-breaker.js';

describe('a circuit breaker', () => {
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it.each([-3_600_000, 3_600_000])(
    'tries again when its pause is over, though the clock steps by %i ms',
    async (step) => {
      jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
      const states: string[] = [];
      const breaker = createBreaker({
        name: 'mail',
        failuresToOpen: 1,
        trialAfterMs: 1000,
        isFailure: () => true,
        onChange: (state) => states.push(state),
        outage: { failed: () => undefined, succeeded: () => undefined },
      });
      await expect(breaker(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
      jest.setSystemTime(Date.now() + step);
      jest.advanceTimersByTime(999);
      await expect(breaker(() => Promise.resolve(1))).rejects.toThrow(/circuit/i);
      jest.advanceTimersByTime(1);
      await expect(breaker(() => Promise.resolve(1))).resolves.toBe(1);
      expect(states).toEqual(['open', 'half-open', 'closed']);
    },
  );
});
