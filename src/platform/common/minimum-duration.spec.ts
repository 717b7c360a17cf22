import { withMinimumDuration } from './minimum-duration.js';

describe('withMinimumDuration', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  it.each([
    ['success', () => Promise.resolve('done'), 'done'],
    ['failure', () => Promise.reject(new Error('refused')), 'refused'],
  ])('delays a quick %s until then', async (_kind, work, outcome) => {
    let settled: string | undefined;
    const answer = withMinimumDuration(50, work()).then(
      (value) => (settled = value),
      (error: Error) => (settled = error.message),
    );
    await jest.advanceTimersByTimeAsync(49);
    expect(settled).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    await answer;
    expect(settled).toBe(outcome);
  });
});
